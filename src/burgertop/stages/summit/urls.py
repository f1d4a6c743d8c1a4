"""Addresses of a summit."""

from django.urls import path

from burgertop.stages.summit.views import control, desk, home, papers, seats, table, vote

app_name = "summit"

urlpatterns = [
    path("", home.home, name="home"),
    path("my-table/", home.my_table, name="my_table"),
    path("screen/", home.screen, name="screen"),
    path("cards.csv", home.cards_file, name="cards_file"),
    path("control/", control.control, name="control"),
    path("rounds/new/", control.round_form, name="new_round"),
    path("rounds/<uuid:pk>/", control.round_form, name="round"),
    path("rounds/<uuid:pk>/open/", control.round_act, {"do": "open"}, name="round_act"),
    path("rounds/<uuid:pk>/close/", control.round_act, {"do": "close"}, name="round_act"),
    path("rounds/<uuid:pk>/ballot/", control.new_ballot, name="new_ballot"),
    path("rounds/<uuid:pk>/clusters/new/", desk.new_cluster, name="new_cluster"),
    path("rounds/<uuid:pk>/undo/", desk.undo, name="undo"),
    path("ballots/<uuid:pk>/", vote.vote, name="vote"),
    path("ballots/<uuid:pk>/result/", home.result, name="result"),
    path("ballots/<uuid:pk>/papers.zip", home.papers_file, name="papers_file"),
    path("ballots/<uuid:pk>/cancel/", control.cancel, name="cancel"),
    path("ballots/<uuid:pk>/open/", control.ballot_act, {"do": "open"}, name="ballot_act"),
    path("ballots/<uuid:pk>/close/", control.ballot_act, {"do": "close"}, name="ballot_act"),
    path("ballots/<uuid:pk>/publish/", control.ballot_act, {"do": "publish"}, name="ballot_act"),
    path("desk/", desk.desk, name="desk"),
    path("desk/place/", desk.place, name="place"),
    path("clusters/<uuid:pk>/", desk.cluster, name="cluster"),
    path("clusters/<uuid:pk>/dissolve/", desk.dissolve, name="dissolve"),
    path("tables/", seats.lay, name="lay"),
    path("tables/sheets/", seats.print_sheets, name="print_sheets"),
    path("tables/<uuid:pk>/", table.table_page, name="table"),
    path("tables/<uuid:pk>/write/", table.write, name="write"),
    path("tables/<uuid:pk>/renew/", seats.renew, name="renew"),
    path("tables/<uuid:pk>/cards/<uuid:card>/", table.edit, name="edit_card"),
    path("tables/<uuid:pk>/cards/<uuid:card>/withdraw/", table.withdraw, name="withdraw_card"),
    path("seats/", seats.plan, name="seats"),
    path("seats/draw/", seats.draw, name="draw_seats"),
    path("seats/print/", seats.print_plan, name="print_plan"),
    path("seats/find/", seats.find, name="find_seat"),
    path("seats/codes/", seats.codes, name="seat_codes"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<slug:what>/print/", papers.print_paper, name="print_paper"),
    path("papers/<uuid:pk>/drop/", papers.drop_paper, name="drop_paper"),
    path("papers/<uuid:pk>/<slug:ending>/", papers.paper_file, name="paper_file"),
    path("seats/<uuid:pk>/move/", seats.move, name="move_seat"),
]
