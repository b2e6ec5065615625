"""Addresses: the buying centre of a client; below clients/."""

from django.urls import path

from kamerton.web.buying_centre import (
    centres,
    choosing,
    exchange,
    matrix,
    page,
    people,
    tending,
)

app_name = "buying_centre"
urlpatterns = [
    path("<int:pk>/centre/", page.page, name="centre"),
    path("<int:pk>/centre/tile/", page.tile, name="tile"),
    path("<int:pk>/centre/open/", centres.open_new, name="open"),
    path("<int:pk>/centre/help/<slug:scale>/", choosing.page, name="help"),
    path("<int:pk>/centre/<int:centre>/strip/", page.strip, name="strip"),
    path("<int:pk>/centre/<int:centre>/buying/", centres.buying, name="buying"),
    path("<int:pk>/centre/<int:centre>/adopt/", centres.adopt, name="adopt"),
    path("<int:pk>/centre/<int:centre>/places/", centres.places, name="places"),
    path("<int:pk>/centre/<int:centre>/lines/", centres.draw, name="line-add"),
    path("<int:pk>/centre/<int:centre>/people/", people.add, name="member-add"),
    path("<int:pk>/centre/<int:centre>/export/", exchange.export, name="export"),
    path("<int:pk>/centre/<int:centre>/import/", exchange.bring, name="import"),
    path("<int:pk>/centre/lines/<int:line>/erase/", centres.erase, name="line-erase"),
    path("<int:pk>/centre/people/<int:member>/", people.panel, name="member"),
    path("<int:pk>/centre/people/<int:member>/edit/<slug:field>/", people.edit, name="member-edit"),
    path("<int:pk>/centre/people/<int:member>/step/", tending.step, name="step"),
    path("<int:pk>/centre/people/<int:member>/tasks/", tending.tasks, name="tasks"),
    path("<int:pk>/centre/people/<int:member>/check/<slug:field>/", tending.check, name="check"),
    path("<int:pk>/centre/people/<int:member>/left/", tending.left, name="left"),
    path("<int:pk>/centre/people/<int:member>/returned/", tending.returned, name="returned"),
    path("<int:pk>/centre/people/<int:member>/move/", tending.move, name="move"),
    path("<int:pk>/centre/people/<int:member>/cells/<int:user>/", matrix.cell, name="cell"),
    path(
        "<int:pk>/centre/people/<int:member>/cells/<int:user>/erase/",
        matrix.erase,
        name="cell-erase",
    ),
]
