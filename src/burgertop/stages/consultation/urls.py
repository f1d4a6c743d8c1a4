"""Addresses of a consultation."""

from django.urls import path

from burgertop.stages.consultation.views import files, holding, ideas, moderating, own, placing, rating, themes, voting

app_name = "consultation"

urlpatterns = [
    path("", ideas.home, name="home"),
    path("send/", ideas.send, name="send"),
    path("received/<uuid:pk>/", ideas.received, name="received"),
    path("rules/", ideas.rules, name="rules"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/<uuid:pk>/", ideas.idea, name="idea"),
    path("ideas/<uuid:pk>/support/", rating.support, name="support"),
    path("ideas/<uuid:pk>/appeal/", own.appeal_hiding, name="appeal"),
    path("mine/", own.mine, name="mine"),
    path("mine/leave/", own.leave, name="leave"),
    path("mine/let-go/", own.let_go, name="let_go"),
    path("rate/", rating.rate_next, name="rate"),
    path("rate/<uuid:pk>/", rating.rate_idea, name="rate_idea"),
    path("themes/", themes.themes, name="themes"),
    path("themes/-/", themes.not_taken, name="not_taken"),
    path("themes/<slug:key>/", themes.theme, name="theme"),
    path("vote/", voting.vote, name="vote"),
    path("vote/result/", voting.result, name="result"),
    path("vote/papers.zip", voting.papers, name="papers"),
    path("desk/", holding.desk, name="desk"),
    path("desk/settings/", holding.settings, name="settings"),
    path("desk/vote/", holding.vote_desk, name="vote_desk"),
    path("desk/moderation/", moderating.queue, name="moderation"),
    path("desk/moderation/<uuid:pk>/", moderating.moderate, name="moderate"),
    path("desk/moderation/<uuid:pk>/decide/", moderating.decide, name="decide"),
    path("desk/themes/", placing.desk, name="theme_desk"),
    path("desk/themes/put/", placing.put, name="put"),
    path("desk/themes/new/", placing.new_theme, name="new_theme"),
    path("desk/themes/second/", placing.second_reading, name="second_reading"),
    path("desk/themes/of/<slug:key>/", placing.theme_ideas, name="theme_ideas"),
    path("desk/themes/of/<slug:key>/words/", placing.edit_theme, name="edit_theme"),
    path("desk/files/", files.exchange, name="exchange"),
    path("desk/files/take-in/", files.take_in, name="take_in"),
    path("desk/files/<slug:kind>.<slug:ending>", files.export, name="export"),
    path("desk/paper/", files.paper, name="paper"),
]
