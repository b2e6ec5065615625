"""My day, the client's page, the owner's panel, the search."""

from tests.web.matrix.accounts import EVERYWHERE, SEE, foreign, own
from tests.web.matrix.row import Row
from tests.web.matrix.segmentation import WHOLE


def page(name):
    """A page of a client: whoever sees the client opens it, for the others there is none."""
    return Row(name, may=SEE, own=own, foreign=foreign, everywhere=EVERYWHERE, denied=404)


ROWS = [
    Row("desk:home"),
    Row("desk:search", data=lambda world, user: {"q": "cli"}),
    Row("desk:counts"),
    Row("desk:owner", may=WHOLE),
    page("desk:client"),
    page("desk:client-sales"),
    page("desk:client-history"),
]
