"""Every address of the house."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from burgertop.stages.summit.views.at_door import bind
from burgertop.stages.summit.views.door import table_door
from burgertop.web.views import doors, server, shell

handler400 = "burgertop.web.views.errors.bad_request"
handler403 = "burgertop.web.views.errors.forbidden"
handler404 = "burgertop.web.views.errors.not_found"
handler500 = "burgertop.web.views.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("display/", shell.display, name="display"),
    path("brand/<slug:process>.css", shell.brand, name="brand"),
    path("t/<str:token>", table_door, name="table_door"),
    path("d/<str:token>", bind, name="hall_door"),
    path("a/<str:token>", doors.link_door, name="link_door"),
    path("healthy", server.healthy, name="healthy"),
]
urlpatterns += i18n_patterns(
    path("", server.home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("accounts/", include("allauth.mfa.urls")),
    path("accessibility/", shell.accessibility, name="accessibility"),
    path("your-data/", shell.your_data, name="your_data"),
    path("limits/", shell.limits, name="limits"),
    path("source/", shell.source, name="source"),
    path("bureau/", server.bureau, name="bureau"),
    path("new/", server.found, name="found"),
    path("demo/", include("burgertop.web.demo.urls")),
    # addresses are tried in this order: first those that are asked for most on the day
    path("<slug:process>/summit/<slug:stage>/", include("burgertop.stages.summit.urls")),
    path("<slug:process>/consultation/<slug:stage>/", include("burgertop.stages.consultation.urls")),
    path("<slug:process>/lottery/<slug:stage>/", include("burgertop.stages.lottery.urls")),
    path("<slug:process>/panel/<slug:stage>/", include("burgertop.stages.panel.urls")),
    path("<slug:process>/report/<slug:stage>/", include("burgertop.stages.report.urls")),
    path("<slug:process>/", include("burgertop.web.process_urls")),
)
