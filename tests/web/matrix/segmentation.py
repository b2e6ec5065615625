"""Who may open what of the pages of key clients."""

from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.actions.evidence import KnownMark
from kamerton.platform.access.queries import system_user
from tests.factories import ClientFactory
from tests.factories.segmentation import manager_key
from tests.web.matrix.accounts import foreign, own
from tests.web.matrix.row import Row

VIEW = {"kam", "account_manager", "head_of_sales", "owner", "finance", "methodologist"}
COMPANY = {"head_of_sales", "owner", "finance"}
SELL = {"kam", "account_manager", "head_of_sales"}
EVERYWHERE = {"owner", "finance", "methodologist"}


def entry(holder):
    def make(world, user):
        client = ClientFactory(manager=holder(world, user))
        return {"pk": manager_key(client.manager, client, state="submitted").pk, "step": "confirm"}

    return make


def mark(maker):
    def make(world, user):
        made = maker(world, user)
        client = ClientFactory._meta.model.objects.get(pk=made["pk"])
        known = KnownMark("status", "known_name", 2, "for the test")
        evidence = actions.add_evidence(system_user(), client, known=known)
        return made | {"mark": evidence.pk}

    return make


def no_entry(world, user):
    return {"pk": 0}


own_entry = entry(lambda world, user: world.seller(user))
foreign_entry = entry(lambda world, user: world.stranger)

ROWS = [
    Row("segmentation:pareto", may=COMPANY),
    Row("segmentation:weights", may=COMPANY),
    Row("segmentation:pareto-export", may=COMPANY),
    Row("segmentation:company-keys", may=VIEW),
    Row("segmentation:company-propose", method="post", may={"head_of_sales", "owner"}, ok=422),
    Row("segmentation:company-key", may=VIEW, own=no_entry, ok=404),
    *(
        Row(f"segmentation:company-{step}", method="post", may=VIEW, own=no_entry, ok=404)
        for step in ("decide", "renew", "remove")
    ),
    Row("segmentation:differences", may=VIEW),
    Row("segmentation:watch", may=VIEW),
    Row("segmentation:portfolio", may=VIEW),
    Row("segmentation:my-keys", may=VIEW),
    *(
        Row(f"segmentation:{page}", may=SELL, own=own, foreign=foreign)
        for page in ("assess", "influence")
    ),
    Row(
        "segmentation:key-propose",
        method="post",
        may=(),
        own=own,
        foreign=foreign,
        denied=302,  # the form lacks its tier: back to it with a sentence, nothing is written
        but={"recruiter": 404},
        but_foreign=dict.fromkeys(
            ("kam", "account_manager", "head_of_sales", "assistant", "recruiter"), 404
        ),
    ),
    Row(
        "segmentation:key-move",
        method="post",
        may={"head_of_sales"},
        own=own_entry,
        foreign=foreign_entry,
        denied=403,
        but={"recruiter": 404, "assistant": 404},
        but_foreign=dict.fromkeys(("kam", "account_manager", "recruiter", "assistant"), 404),
    ),
    Row(
        "segmentation:client-panel",
        may=VIEW,
        everywhere=EVERYWHERE,
        own=own,
        foreign=foreign,
        but={"recruiter": 404},
        but_foreign={"recruiter": 404, "assistant": 404},
    ),
    *(
        Row(
            f"segmentation:{page}",
            may=SELL,
            own=own,
            foreign=foreign,
        )
        for page in ("evidence-add", "wallet-add")
    ),
    Row(
        "segmentation:register",
        method="post",
        may={"head_of_sales", "owner"},
        everywhere={"owner"},
        own=own,
        foreign=foreign,
        ok=422,
        but={"recruiter": 404},
        but_foreign=dict.fromkeys(("kam", "account_manager", "assistant", "recruiter"), 404),
    ),
    Row(
        "segmentation:evidence-withdraw",
        method="post",
        may=SELL,
        own=mark(own),
        foreign=mark(foreign),
        ok=422,
        but={"recruiter": 404},
        but_foreign={"recruiter": 404, "assistant": 404},
    ),
]
