"""Who may open what of the method."""

from tests.web.matrix.row import Row

KEEPER = {"methodologist"}


def section(world, user):
    return {"section": "capacity"}


def first(world, user):
    return {"number": 1}


ROWS = [
    Row("methodology:home", may=KEEPER),
    Row("methodology:versions", may=KEEPER),
    Row("methodology:version", may=KEEPER, own=first),
    Row("methodology:section", may=KEEPER, own=section),
    Row("methodology:section", method="post", may=KEEPER, own=section, ok=422),
]
