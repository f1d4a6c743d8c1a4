"""Addresses of a lottery; below ``/<language>/<process>/lottery/<stage>/``."""

from django.urls import path

from burgertop.stages.lottery.views import holding, mine, pages, people, preparing, proposing

app_name = "lottery"

urlpatterns = [
    path("", pages.home, name="home"),
    path("code/", mine.code, name="code"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<slug:draw>/<int:number>.json", mine.own_file, name="own"),
    path("new/", preparing.new_draw, name="new_draw"),
    path("draws/<slug:draw>/", pages.draw, name="draw"),
    path("draws/<slug:draw>/screen/", pages.screen, name="screen"),
    path("draws/<slug:draw>/desk/", preparing.desk, name="desk"),
    path("draws/<slug:draw>/pool/", preparing.pool, name="pool"),
    path("draws/<slug:draw>/pool/<uuid:file>/", preparing.pool_preview, name="pool_preview"),
    path("draws/<slug:draw>/quotas/", preparing.quotas, name="quotas"),
    path("draws/<slug:draw>/quotas/file/", preparing.quotas_file, name="quotas_file"),
    path("draws/<slug:draw>/quotas/<uuid:file>/", preparing.quotas_preview, name="quotas_preview"),
    path("draws/<slug:draw>/population/", proposing.population, name="population"),
    path("draws/<slug:draw>/population/<uuid:file>/", proposing.proposal, name="proposal"),
    path("draws/<slug:draw>/check/", preparing.check, name="check"),
    path("draws/<slug:draw>/ease/", holding.ease, name="ease"),
    path("draws/<slug:draw>/duties/", preparing.duties, name="duties"),
    path("draws/<slug:draw>/compute/", holding.compute, name="compute"),
    path("draws/<slug:draw>/seal/", holding.seal, name="seal"),
    path("draws/<slug:draw>/chance/", holding.chance, name="chance"),
    path("draws/<slug:draw>/recheck/", holding.recheck, name="recheck"),
    path("draws/<slug:draw>/roster/", people.roster, name="roster"),
    path("draws/<slug:draw>/leavers/", people.leavers, name="leavers"),
    path("draws/<slug:draw>/names/", people.names, name="names"),
    path("draws/<slug:draw>/input.json", people.input_file, name="input"),
    path("draws/<slug:draw>/rounds/<int:number>/public.json", pages.public_file, name="public"),
    path("draws/<slug:draw>/rounds/<int:number>/audit/", people.audit_file, name="audit"),
    path("draws/<slug:draw>/<str:which>.<str:form>", people.export, name="export"),
]
