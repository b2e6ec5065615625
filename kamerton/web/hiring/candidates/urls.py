"""Addresses: hiring, candidates."""

from django.urls import URLPattern, path

from kamerton.web.hiring.candidates import (
    adding,
    board,
    calls,
    card,
    doing,
    files,
    imports,
    lists,
    reserve,
    sending,
)

ALL = "candidates/"
ONE = f"{ALL}people/<int:pk>/"  # a person, in all vacancies
OF_APPLICATION = f"{ALL}<int:pk>/"  # a person in a vacancy
IMPORT = "imports/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(ALL, lists.page, name="candidates"),
    path(f"{ALL}table/", lists.table, name="candidates-table"),
    path(f"{ALL}new/", adding.new, name="candidate-new"),
    path(ONE, card.of_person, name="person"),
    path(f"{ONE}edit/", adding.edit, name="candidate-edit"),
    path(f"{ONE}apply/", adding.apply, name="candidate-apply"),
    path(f"{ONE}do/<slug:step>/", doing.of_candidate, name="candidate-do"),
    path(f"{ONE}claims/<int:claim>/", doing.check, name="claim"),
    path(f"{ONE}files/", files.attach, name="file-add"),
    path(f"{ONE}files/<int:file>/", files.download, name="file"),
    path(OF_APPLICATION, card.page, name="candidate"),
    path(f"{OF_APPLICATION}do/<slug:step>/", doing.of_application, name="application-do"),
    path(f"{OF_APPLICATION}move/", board.move, name="move"),
    path(f"{OF_APPLICATION}send/<slug:what>/", sending.send, name="send"),
    path(f"{OF_APPLICATION}answers/<slug:code>/", doing.mark, name="answer-mark"),
    path(f"{OF_APPLICATION}call/", calls.record, name="call"),
    path("vacancies/<int:pk>/board/", board.page, name="board"),
    path("vacancies/<int:pk>/import/", imports.start, name="import"),
    path(IMPORT, imports.report, name="import-report"),
    path(f"{IMPORT}columns/", imports.columns, name="import-columns"),
    path(f"{IMPORT}run/", imports.run, name="import-run"),
    path(f"{IMPORT}cancel/", imports.cancel, name="import-cancel"),
    path(f"{IMPORT}undo/", imports.undo, name="import-undo"),
    path(f"{IMPORT}errors.xlsx", imports.errors, name="import-errors"),
    path("calls/", calls.page, name="calls"),
    path("calls/take/", calls.take, name="calls-take"),
    path("reserve/", reserve.page, name="reserve"),
    path("reserve/own/", reserve.own, name="reserve-own"),
]
