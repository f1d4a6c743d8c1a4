"""Addresses of the panel."""

from django.urls import path

from burgertop.stages.panel.views import entering, reading, seating, voting, writing

app_name = "panel"

urlpatterns = [
    path("", reading.home, name="home"),
    path("sittings/", reading.sittings, name="sittings"),
    path("sittings/new/", writing.plan, name="plan"),
    path("sittings/<uuid:pk>/ask/", writing.ask, name="ask"),
    path("questions/<uuid:pk>/answer/", writing.answer, name="answer"),
    path("code/", entering.enter, name="enter"),
    path("seats/", seating.seating, name="seating"),
    path("new/", writing.draft, name="draft"),
    path("recommendations/<uuid:pk>/", reading.recommendation, name="recommendation"),
    path("recommendations/<uuid:pk>/rewrite/", writing.rewrite, name="rewrite"),
    path("recommendations/<uuid:pk>/amend/", writing.amend, name="amend"),
    path("recommendations/<uuid:pk>/minority/", writing.minority_note, name="minority_note"),
    path("amendments/<uuid:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("<str:kind>/<uuid:pk>/open-vote/", voting.decide, name="decide"),
    path("<str:kind>/<uuid:pk>/close-vote/", voting.close, name="close"),
    path("votes/<uuid:pk>/", voting.vote, name="vote"),
]
