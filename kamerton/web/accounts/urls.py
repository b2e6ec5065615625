"""Addresses: accounts."""

from django.urls import path

from kamerton.web.accounts import board, cards, exports, mass, merging, panels

app_name = "accounts"
urlpatterns = [
    path("", board.clients, name="clients"),
    path("views/", board.save_view, name="save-view"),
    path("views/<int:pk>/forget/", board.forget_view, name="forget-view"),
    path("export/", exports.export, name="export"),
    path("new/", cards.create, name="create"),
    path("inn/", cards.inn, name="inn"),
    path("mass/", mass.preview, name="mass-preview"),
    path("mass/apply/", mass.apply, name="mass-apply"),
    path("mass/<int:pk>/undo/", mass.undo, name="mass-undo"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("groups/", merging.groups, name="groups"),
    path("groups/<int:pk>/", merging.rename, name="group-rename"),
    path("<int:pk>/card/", panels.card, name="card-panel"),
    path("<int:pk>/contacts/", panels.contacts, name="contacts-panel"),
    path("<int:pk>/contacts/new/", panels.contact, name="contact-add"),
    path("<int:pk>/contacts/<int:contact_pk>/", panels.contact, name="contact-change"),
    path(
        "<int:pk>/contacts/<int:contact_pk>/archive/",
        panels.contact_archive,
        name="contact-archive",
    ),
    path("<int:pk>/team/", panels.team, name="team-panel"),
    path("<int:pk>/team/assign/", panels.assign, name="assign"),
    path("<int:pk>/team/join/", panels.join, name="team-join"),
    path("<int:pk>/team/<int:part_pk>/leave/", panels.leave, name="team-leave"),
    path("<int:pk>/log/", panels.history, name="history-panel"),
    path("<int:pk>/edit/", cards.edit, name="edit"),
    path("<int:pk>/archive/", cards.archive, name="archive"),
    path("<int:pk>/restore/", cards.restore, name="restore"),
    path("<int:pk>/merge/<int:other_pk>/", merging.merge, name="merge"),
    path("<int:pk>/apart/<int:other_pk>/", merging.apart, name="apart"),
]
