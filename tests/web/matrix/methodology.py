"""The method: its keeper only."""

from kamerton.domain.methodology import actions
from tests.web.matrix.row import Row

KEEP = {"methodologist"}


def section(world, user):
    return {"section": "norm_bands"}


def second(world, user):
    actions.change_methodology(
        world.people["methodologist"], note="Longer lists", norm_bands={"kam_high": 40}
    )
    return {"number": 2}


def change(world, user):
    bands = {"kam_low": 5, "kam_high": 25, "flow_low": 20, "flow_high": 100}
    return {**bands, "note": "Shorter lists", "based_on": 1}


ROWS = [
    Row("methodology:home", may=KEEP),
    Row("methodology:versions", may=KEEP),
    Row("methodology:version", may=KEEP, own=second),
    Row("methodology:section", may=KEEP, own=section),
    Row("methodology:section", may=KEEP, method="post", own=section, data=change),
]
