"""Addresses: dossiers."""

from django.urls import URLPattern, path

from kamerton.web.dossier import exports, imports, keeping, page, questions

app_name = "dossier"
OF_CLIENT = "clients/<int:pk>/dossier/"
QUESTION = f"{OF_CLIENT}q/<str:code>/"
urlpatterns: list[URLPattern] = [
    path(OF_CLIENT, page.dossier, name="dossier"),
    path(f"{OF_CLIENT}tile/", page.tile, name="tile"),
    path(f"{OF_CLIENT}next/", page.next_questions, name="next"),
    path(QUESTION, questions.question, name="question"),
    path(f"{QUESTION}answer/", questions.answer, name="answer"),
    path(f"{QUESTION}pass/", questions.pass_over, name="pass"),
    path(f"{QUESTION}withdraw/", questions.withdraw, name="withdraw"),
    path(f"{QUESTION}check/", questions.check, name="check"),
    path(f"{QUESTION}history/", questions.history, name="history"),
    path(f"{QUESTION}attach/", keeping.attach, name="attach"),
    path(f"{QUESTION}drop/", keeping.drop_own_question, name="question-drop"),
    path(f"{OF_CLIENT}files/<int:file_pk>/", keeping.file, name="file"),
    path(f"{OF_CLIENT}files/<int:file_pk>/remove/", keeping.remove_file, name="file-remove"),
    path(f"{OF_CLIENT}insights/new/", keeping.insight, name="insight-add"),
    path(
        f"{OF_CLIENT}insights/<int:insight_pk>/archive/",
        keeping.archive_insight,
        name="insight-archive",
    ),
    path(f"{OF_CLIENT}questions/new/", keeping.own_question, name="question-add"),
    path(f"{OF_CLIENT}packs/", keeping.packs, name="packs"),
    path(f"{OF_CLIENT}adopt/", keeping.adopt, name="adopt"),
    path(f"{OF_CLIENT}export/", exports.export, name="export"),
    path("dossiers/imports/", imports.imports, name="imports"),
    path("dossiers/imports/<int:pk>/", imports.report, name="import"),
    path("dossiers/imports/<int:pk>/run/", imports.run, name="import-run"),
    path("dossiers/imports/<int:pk>/cancel/", imports.cancel, name="import-cancel"),
    path("dossiers/imports/<int:pk>/undo/", imports.undo, name="import-undo"),
    path("dossiers/imports/<int:pk>/errors.xlsx", imports.errors, name="import-errors"),
]
