import datetime as dt
from decimal import Decimal

import pytest

from kamerton.calc.period import Period
from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.actions import KnownMark, KnownWallet
from kamerton.domain.segmentation.models import CriterionEvidence, Standing, WalletEstimate
from kamerton.domain.segmentation.queries import (
    category_wallets,
    criteria_of,
    current_restatement,
    evidence_of,
    standing_of,
)
from kamerton.platform.access.queries import system_user
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import restated, sample

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


@pytest.fixture
def kam():
    return UserFactory()


@pytest.fixture
def world(kam, monkeypatch):
    """The sample in kam's hands, judged in July 2026."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date(2026, 7, 10))
    clients = sample(manager=kam)
    restated()
    return clients


def standing(client):
    return standing_of(system_user(), [client.pk])[client.pk]


def nothing_changes(error, call, **checked):
    before = (WalletEstimate.objects.count(), CriterionEvidence.objects.count())
    journal = AuditEntry.objects.count()
    scores = list(Standing.objects.order_by("pk").values_list("kci", "passed"))
    with pytest.raises(error) as caught:
        call()
    assert (WalletEstimate.objects.count(), CriterionEvidence.objects.count()) == before
    assert AuditEntry.objects.count() == journal
    assert list(Standing.objects.order_by("pk").values_list("kci", "passed")) == scores
    return str(caught.value)


def wallet(amount, source="client", confidence=0.9, **fields):
    return KnownWallet(Decimal(amount), source, confidence, **fields)


def test_a_wallet_makes_share_gap_and_loyalty_at_once(kam, world):
    client = world["C05"]  # bought for 500
    assert standing(client).loyalty is None
    actions.record_wallet(kam, client, known=wallet(1000))
    now = standing(client)
    assert (now.wallet, now.wallet_share, now.gap, now.attainable) == (100_000, 0.5, 50_000, 30_000)
    assert now.wallet_confidence == 0.9
    assert now.loyalty == pytest.approx(40 * 0.5 / 0.6 + 25 / 24 + 20 / 12 + 7.5)
    assert "promising" in now.passed_codes  # 500 is all our sales and 5 % of the company's revenue
    assert now.promising == 100
    assert AuditEntry.objects.get(action="segmentation.wallet_recorded").after["amount"] == "1000"


@pytest.mark.parametrize(("sourcing", "attainable"), [("free", 300), ("dual", 0), ("fixed", 0)])
def test_reach_depends_on_how_the_client_buys(kam, world, sourcing, attainable):
    actions.record_wallet(kam, world["C05"], known=wallet(1000, sourcing=sourcing))
    assert standing(world["C05"]).attainable == attainable * 100


def test_a_wallet_below_our_sales_is_refused(kam, world):
    sentence = nothing_changes(
        actions.WalletTooSmall,
        lambda: actions.record_wallet(kam, world["C05"], known=wallet(499)),
    )
    assert "500.00" in sentence


@pytest.mark.parametrize(
    "known",
    [
        wallet(1000, source="rumour"),
        wallet(1000, confidence=1.5),
        wallet(1000, sourcing="luck"),
    ],
)
def test_a_wallet_of_unknown_kind_is_refused(kam, world, known):
    nothing_changes(
        actions.UnknownItem, lambda: actions.record_wallet(kam, world["C05"], known=known)
    )


def test_the_client_is_believed_before_norms_and_the_newest_before_the_old(kam, world):
    client = world["C05"]
    actions.record_wallet(kam, client, known=wallet(900, estimated_on=dt.date(2026, 1, 1)))
    stated = actions.record_wallet(kam, client, known=wallet(1000))
    actions.record_wallet(kam, client, known=wallet(5000, source="norm"))
    assert standing(client).wallet == 100_000
    assert WalletEstimate.objects.count() == 3
    actions.withdraw_wallet(kam, stated, reason="He laughed")
    assert standing(client).wallet == 90_000


def test_wallets_by_category_add_up_and_the_whole_wins(kam, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date(2026, 7, 10))
    client = clients_for(["V"], manager=kam)["V"]
    valves = ProductCategory.objects.create(name="valves")
    flanges = ProductCategory.objects.create(name="flanges")
    ledger([line(DAY, "V", 600, category="valves"), line(DAY, "V", 100, category="other")])
    restated()
    actions.record_wallet(kam, client, known=wallet(1000, category=valves))
    actions.record_wallet(kam, client, known=wallet(500, category=flanges, confidence=0.5))
    now = standing(client)
    assert (now.wallet, now.wallet_share) == (150_000, 0.4)
    assert (now.gap, now.attainable, now.wallet_confidence) == (90_000, 60_000, 0.5)
    made = current_restatement()
    rows = category_wallets(
        *(system_user(), client, now.revenue),
        period=Period(made.since, made.until),
        method=methodology.current(),
    )
    assert [(row.estimate.category.name, row.sales, row.share) for row in rows] == [
        ("valves", 60_000, 0.6),
        ("flanges", 0, 0.0),
    ]
    actions.record_wallet(kam, client, known=wallet(2800))
    assert standing(client).wallet_share == 0.25
    sentence = nothing_changes(
        actions.WalletTooSmall,
        lambda: actions.record_wallet(kam, client, known=wallet(599, category=valves)),
    )
    assert "600.00" in sentence


def test_sales_that_outgrow_a_wallet_show_it_wrong_and_count_nothing(kam, world):
    client = world["C05"]
    actions.record_wallet(kam, client, known=wallet(500))
    assert standing(client).wallet_share == 1
    ledger([line(DAY, "C05", 1)])
    restated()
    now = standing(client)
    assert now.wallet_is_wrong
    assert (now.wallet_share, now.gap, now.loyalty) == (None, None, None)


@pytest.mark.req("S4-12")
def test_status_alone_passes_by_five_marks_of_three(kam, world):
    client = world["C10"]
    given = {"market_leader": 3, "known_name": 2, "reference": 2, "public_case": 1}
    for item, mark in given.items():
        known = KnownMark("status", item, mark, "the trade press", link="https://example.com")
        actions.add_evidence(kam, client, known=known)
    assert standing(client).passed_codes == []
    assert standing(client).status == pytest.approx(100 * 8 / 15)
    actions.add_evidence(kam, client, known=KnownMark("status", "referrals", 1, "Client 7"))
    now = standing(client)
    assert (now.passed_codes, round(now.status, 6)) == (["status"], 60)
    assert now.kci == pytest.approx(0.15 * 60 + 0.30 * 10)
    restated()  # the recomputation of all agrees with the one of one client
    again = standing(client)
    assert (again.passed_codes, again.kci, again.status) == (now.passed_codes, now.kci, now.status)


def test_partner_complex_nps_and_budget(kam, world):
    client = world["C10"]
    add = lambda *args: actions.add_evidence(kam, client, known=KnownMark(*args))  # noqa: E731
    add("partner", "framework", 1, "contract 17")
    assert (standing(client).partner, "partner" in standing(client).passed_codes) == (40, True)
    client.delivery_points = 4
    client.procurement = "fz44"
    client.save()
    add("complex", "specification", 1, "drawing 5")
    assert standing(client).complex == 37.5
    assert "complex" in standing(client).passed_codes
    add("promising", "budget", 1, "tender notice")
    assert "promising" in standing(client).passed_codes
    actions.record_wallet(kam, client, known=wallet(200))
    before = standing(client).loyalty
    add("loyal", "nps", 10, "call of 3 July")
    assert standing(client).loyalty == pytest.approx(before + 7.5)
    add("loyal", "nps", 6, "call of 5 July")
    assert standing(client).loyalty == pytest.approx(before - 7.5)


def test_withdrawn_evidence_counts_no_more_and_stays_in_the_history(kam, world):
    client = world["C10"]
    made = actions.add_evidence(
        kam, client, known=KnownMark("partner", "framework", 1, "contract 17")
    )
    nothing_changes(
        actions.NothingToRestOn, lambda: actions.withdraw_evidence(kam, made, reason=" ")
    )
    actions.withdraw_evidence(kam, made, reason="It ended")
    assert standing(client).passed_codes == []
    (kept,) = evidence_of(kam, client)
    assert (kept.withdrawn_by, kept.withdrawn_because) == (kam, "It ended")
    nothing_changes(
        actions.WithdrawnAlready, lambda: actions.withdraw_evidence(kam, made, reason="again")
    )


@pytest.mark.parametrize(
    "known",
    [
        KnownMark("status", "colour", 1, "x"),
        KnownMark("large", "share", 1, "x"),
        KnownMark("status", "reference", 4, "x"),
        KnownMark("status", "reference", -1, "x"),
        KnownMark("partner", "framework", 2, "x"),
        KnownMark("loyal", "nps", 11, "x"),
    ],
)
def test_marks_the_method_does_not_have_are_refused(kam, world, known):
    nothing_changes(
        actions.UnknownItem, lambda: actions.add_evidence(kam, world["C10"], known=known)
    )


def test_a_mark_rests_on_something(kam, world):
    nothing_changes(
        actions.NothingToRestOn,
        lambda: actions.add_evidence(
            kam, world["C10"], known=KnownMark("status", "reference", 3, " ")
        ),
    )


@pytest.mark.req("S3-20")
def test_a_reference_customer_has_a_list_of_improvements_caused(kam, world):
    client = world["C10"]
    actions.add_evidence(kam, client, known=KnownMark("status", "reference", 3, "audit of 2026"))
    made = actions.add_improvement(kam, client, text="We test every batch now")
    found = criteria_of(kam, client)
    assert found.improvements == [made]
    status = next(each for each in found.criteria if each.code == "status")
    assert [(mark.item, mark.mark) for mark in status.evidence] == [("reference", 3)]
    with pytest.raises(actions.NothingToRestOn):
        actions.add_improvement(kam, client, text=" ")
    assert client.improvements.count() == 1


def test_only_who_works_on_the_client_writes_about_it(kam, world):
    stranger, owner = UserFactory(), UserFactory(roles=["owner"])
    client = world["C10"]
    known = KnownMark("status", "reference", 3, "x")
    nothing_changes(
        actions.NotYourClient, lambda: actions.add_evidence(stranger, client, known=known)
    )
    nothing_changes(NotAllowed, lambda: actions.add_evidence(owner, client, known=known))
    nothing_changes(
        actions.NotYourClient, lambda: actions.record_wallet(stranger, client, known=wallet(9999))
    )


def test_evidence_before_the_first_recomputation_waits_for_it(kam):
    client = ClientFactory(manager=kam)
    known = KnownMark("partner", "framework", 1, "contract 17")
    actions.add_evidence(kam, client, known=known)
    restated()
    assert standing(client).passed_codes == ["partner"]


@pytest.mark.req("S3-19")
def test_a_name_or_a_budget_makes_a_potential_key_client(kam, world):
    client = world["C09"]
    actions.add_evidence(kam, client, known=KnownMark("promising", "budget", 1, "tender notice"))
    client.refresh_from_db()
    assert client.segment == "potential_key"
    large = world["C01"]
    actions.add_evidence(kam, large, known=KnownMark("promising", "budget", 1, "tender notice"))
    large.refresh_from_db()
    assert large.segment == "flow"  # has weight already
