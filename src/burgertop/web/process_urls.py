"""Addresses of a process as a whole."""

from django.urls import path

from burgertop.web.views import desk, jobs, me, officer, own_data, process, record, trace

app_name = "process"

urlpatterns = [
    path("", process.home, name="home"),
    path("mandate/", process.mandate, name="mandate"),
    path("news/", process.news, name="news"),
    path("record/", record.record, name="record"),
    path("record/lines.jsonl", record.lines, name="record_lines"),
    path("record/head/", record.head, name="record_head"),
    path("record/check/", record.check, name="record_check"),
    path("trace/<str:kind>/<uuid:pk>/", trace.trace, name="trace"),
    path("me/", me.me, name="me"),
    path("me/consents/", me.consents, name="me_consents"),
    path("me/copy.json", own_data.copy, name="me_copy"),
    path("me/paper/", own_data.on_paper, name="me_paper"),
    path("me/correct/", own_data.correction, name="me_correct"),
    path("me/leave/", own_data.leaving, name="me_leave"),
    path("me/let-go/", own_data.let_go, name="me_let_go"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("desk/", desk.desk, name="desk"),
    path("desk/stages/<uuid:pk>/", desk.stage, name="desk_stage"),
    path("desk/texts/", desk.texts, name="desk_texts"),
    path("desk/look/", desk.look, name="desk_look"),
    path("desk/people/", desk.people, name="desk_people"),
    path("desk/people/<uuid:pk>/remove/", desk.remove_role, name="desk_remove_role"),
    path("desk/news/", desk.news, name="desk_news"),
    path("desk/data/", officer.data, name="desk_data"),
    path("desk/data/register/", officer.register, name="desk_processing"),
    path("desk/witnesses/", desk.witnesses, name="desk_witnesses"),
]
