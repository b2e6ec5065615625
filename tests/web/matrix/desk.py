"""Who may open what of the pages over many contexts."""

from tests.web.matrix.accounts import EVERYWHERE, SEE, foreign, own
from tests.web.matrix.row import Row

COMPANY = {"head_of_sales", "owner", "finance"}

ROWS = [
    Row("desk:home"),
    Row("desk:search"),
    Row("desk:owner", may=COMPANY),
    *(
        Row(f"desk:{page}", may=SEE, everywhere=EVERYWHERE, own=own, foreign=foreign, denied=404)
        for page in ("client", "client-sales", "client-history")
    ),
]
