"""White space: who sees the states, who marks, who makes tasks of it; pages and API."""

from decimal import Decimal

from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.segmentation.actions import KnownSpace, mark_category
from tests.factories.plans import a_plan
from tests.web.matrix.accounts import EVERYWHERE, foreign, own
from tests.web.matrix.row import Row

SEE = {"kam", "account_manager", "head_of_sales", "owner", "finance", "methodologist"}
SELL = {"kam", "account_manager", "head_of_sales"}


def cell(whose):
    def make(world, user):
        valves, _made = ProductCategory.objects.get_or_create(name="valves")
        return {**whose(world, user), "category": valves.pk}

    return make


def aimed(whose):
    """A cell with something to win, at a client who has a plan."""

    def make(world, user):
        made = cell(whose)(world, user)
        seller, client = world.seller(user), Client.objects.get(pk=made["pk"])
        valves = ProductCategory.objects.get(pk=made["category"])
        mark_category(seller, client, valves, known=KnownSpace("unknown", potential=Decimal(5000)))
        a_plan(seller, client)
        return made

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
        "segmentation:white-space-aim",
        may=SELL,
        method="post",
        own=aimed(own),
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
