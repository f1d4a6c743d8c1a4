"""Addresses of the report."""

from django.urls import path

from burgertop.stages.report import views

app_name = "report"

urlpatterns = [
    path("", views.home, name="home"),
    path("editions/<uuid:pk>.pdf", views.edition, name="edition"),
    path("desk/", views.desk, name="desk"),
    path("desk/<uuid:pk>/link/", views.make_link, name="link"),
    path("answers/", views.answers, name="answers"),
    path("answers/<uuid:pk>/", views.answer, name="answer"),
]
