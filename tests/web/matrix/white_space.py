"""White space: who sees the states, who marks, who makes tasks of it; pages and API."""

from kamerton.domain.accounts.models import ProductCategory
from tests.web.matrix.accounts import EVERYWHERE, foreign, own
from tests.web.matrix.row import Row

SEE = {"kam", "account_manager", "head_of_sales", "owner", "finance", "methodologist"}
SELL = {"kam", "account_manager", "head_of_sales"}


def cell(whose):
    def make(world, user):
        valves, _made = ProductCategory.objects.get_or_create(name="valves")
        return {**whose(world, user), "category": valves.pk}

    return make


def categorised(whose):
    def make(world, user):
        ProductCategory.objects.get_or_create(name="valves")
        return whose(world, user)

    return make


def marked(world, user):
    return {"state": "competitor", "source": "client", "confidence": "50", "seen": "0"}


def sent(world, user):
    return {"category_id": ProductCategory.objects.get().pk, "state": "not_needed"}


ROWS = [
    Row("segmentation:white-space", may=SEE),
    Row("segmentation:white-space-export", may=SEE),
    Row(
        "segmentation:white-space-panel",
        may=SEE,
        everywhere=EVERYWHERE,
        own=own,
        foreign=foreign,
    ),
    Row(
        "segmentation:white-space-cell",
        may=SEE,
        everywhere=EVERYWHERE,
        own=cell(own),
        foreign=cell(foreign),
    ),
    Row(
        "segmentation:white-space-cell",
        may=SELL,
        method="post",
        own=cell(own),
        foreign=cell(foreign),
        data=marked,
        ok=204,
    ),
    Row(
        "segmentation:white-space-pursue",
        may=SELL,
        method="post",
        own=cell(own),
        foreign=cell(foreign),
        ok=200,
    ),
    Row(
        "api:get_white_space",
        may=SEE,
        everywhere=EVERYWHERE,
        own=own,
        foreign=foreign,
        anonymous=401,
    ),
    Row(
        "api:mark_white_space",
        may=SELL,
        method="post",
        own=categorised(own),
        foreign=categorised(foreign),
        data=sent,
        ok=201,
        anonymous=401,
        json=True,
    ),
]
