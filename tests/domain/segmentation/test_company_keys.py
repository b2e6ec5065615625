import datetime as dt
from decimal import Decimal

import pytest

from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.actions import KnownMark
from kamerton.domain.segmentation.actions.company_keys import half_year_end
from kamerton.domain.segmentation.models import CompanyKey, KeyDecision, Restatement
from kamerton.domain.segmentation.queries import capacity, company_keys, rank_shift, register
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import ledger, line
from tests.factories.segmentation import company_key, restated, sample

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def owner():
    return UserFactory(roles=["owner"], full_name="Owner")


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"], full_name="Head")


@pytest.fixture
def world():
    clients = sample()
    restated()
    return clients


def names(keys):
    return [key.client.name for key in keys]


def states():
    return list(
        CompanyKey.objects.order_by("pk").values_list("pk", "state", "minutes", "valid_until")
    )


def refused(error, call):
    before, decisions, journal = states(), KeyDecision.objects.count(), AuditEntry.objects.count()
    with pytest.raises(error) as caught:
        call()
    assert states() == before
    assert (KeyDecision.objects.count(), AuditEntry.objects.count()) == (decisions, journal)
    return str(caught.value)


@pytest.mark.req("S4-12", "S3-01")
def test_whoever_passes_any_criterion_is_proposed_with_figures_and_version(head, world):
    kam = UserFactory()
    world["C10"].manager = kam
    world["C10"].save()
    for item in ("market_leader", "known_name", "reference"):
        known = KnownMark("status", item, 3, "press")
        actions.add_evidence(kam, world["C10"], known=known)
    made = actions.propose_company_keys(head)
    assert names(made) == ["C01", "C02", "C03", "C04", "C10"]
    status = made[-1]
    assert (status.criteria, status.state, status.methodology.number) == (["status"], "proposed", 1)
    assert status.kci == pytest.approx(0.15 * 60 + 0.30 * 10)
    assert made[0].inputs["figures"]["share_revenue"] == pytest.approx(0.42)
    assert made[0].inputs["until"] == "2026-06-30"
    assert actions.propose_company_keys(head) == []
    world["C10"].refresh_from_db()
    assert world["C10"].company_key_since is None


def test_the_capacity_line_marks_the_weakest(head, world):
    assert capacity() == 15  # head
    head.leader_share = Decimal("0.8")
    head.save()
    assert capacity() == 3
    actions.propose_company_keys(head)
    owner = UserFactory(roles=["owner"])
    marked = {key.client.name: key.over_capacity for key in company_keys(owner)}
    assert marked == {"C01": False, "C02": False, "C03": False, "C04": True}
    found = register(owner)
    assert (found.capacity, found.proposed, found.over_capacity, found.in_force) == (3, 4, 1, 0)


def test_a_decision_moves_the_line(owner, head, world):
    head.leader_share = Decimal("0.8")
    head.save()
    company_key(ClientFactory(), owner=owner)
    actions.propose_company_keys(owner)
    marked = {key.client.name: key.over_capacity for key in company_keys(owner)}
    assert (marked["C02"], marked["C03"]) == (False, True)
    second = CompanyKey.objects.get(client__name="C02")
    actions.decide_company_key(owner, second, verdict="reject", minutes="Not now")
    assert not CompanyKey.objects.get(client__name="C03").over_capacity


def test_a_proposal_by_hand_has_a_reason(head, owner, world):
    client = world["C09"]
    refused(
        actions.company_keys.ReasonMissing,
        lambda: actions.propose_company_key(owner, client, reason=" "),
    )
    made = actions.propose_company_key(owner, client, reason="Gate to the north")
    assert (made.criteria, made.reason) == ([], "Gate to the north")
    refused(actions.InRegister, lambda: actions.propose_company_key(owner, client, reason="again"))
    refused(
        NotAllowed, lambda: actions.propose_company_key(UserFactory(), world["C08"], reason="mine")
    )


def test_nothing_is_proposed_before_the_first_recomputation(head):
    refused(actions.NothingComputed, lambda: actions.propose_company_keys(head))
    refused(NotAllowed, lambda: actions.propose_company_keys(UserFactory()))


def test_only_the_owner_decides_and_with_minutes(owner, head, world):
    actions.propose_company_keys(head)
    key = CompanyKey.objects.get(client__name="C01")

    def decide(actor=owner, **fields):
        given = {"verdict": "confirm", "minutes": "Board, point 1", **fields}
        return actions.decide_company_key(actor, key, **given)

    refused(NotAllowed, lambda: decide(head))
    refused(actions.MinutesMissing, lambda: decide(minutes="  "))
    refused(actions.WrongSponsor, lambda: decide(sponsor=UserFactory()))
    refused(actions.NotWaiting, lambda: decide(verdict="remove"))
    made = decide(sponsor=head)
    assert (made.state, made.sponsor, made.decided_by) == ("confirmed", head, owner)
    assert made.valid_until == dt.date(2027, 7, 10)
    made.client.refresh_from_db()
    assert (made.client.company_key_since, made.client.segment) == (TODAY, "key")
    decision = made.decisions.get()
    assert (decision.verdict, decision.criteria, decision.kci) == ("confirm", ["large"], made.kci)
    refused(actions.NotWaiting, decide)
    entry = AuditEntry.objects.get(action="segmentation.company_key_decided")
    assert (entry.before, entry.after, entry.reason) == ("proposed", "confirmed", "Board, point 1")


def test_the_one_who_decides_is_the_sponsor_if_none_is_named(owner, world):
    assert company_key(world["C01"], owner=owner).sponsor == owner


def test_what_was_rejected_comes_back_only_for_a_new_reason(owner, world):
    kam = UserFactory()
    world["C01"].manager = kam
    world["C01"].save()
    actions.propose_company_keys(owner)
    key = CompanyKey.objects.get(client__name="C01")
    actions.decide_company_key(owner, key, verdict="reject", minutes="Bankrupt soon")
    world["C01"].refresh_from_db()
    assert world["C01"].company_key_since is None
    assert actions.propose_company_keys(owner) == []
    known = KnownMark("partner", "framework", 1, "contract 17")
    actions.add_evidence(kam, world["C01"], known=known)
    assert names(actions.propose_company_keys(owner)) == ["C01"]


def test_a_waiting_proposal_follows_the_figures(owner, world):
    actions.propose_company_keys(owner)
    ledger([line(dt.date(2026, 6, 30), "C10", 90_000)])
    restated()
    made = actions.propose_company_keys(owner)
    assert names(made) == ["C10"]
    fourth = CompanyKey.objects.get(client__name="C04")
    assert (fourth.state, fourth.criteria) == ("proposed", [])
    first = CompanyKey.objects.get(client__name="C01")
    assert (first.criteria, first.kci) == ([], pytest.approx(12.6))


def test_a_year_later_a_review_is_due_and_renewing_takes_new_figures(owner, world):
    key = company_key(world["C01"], owner=owner)
    assert actions.review_company_keys(owner, on=key.valid_until) == 0
    actions.review_company_keys(owner, on=key.valid_until + dt.timedelta(1))
    key.refresh_from_db()
    assert key.state == "review_due"
    change_methodology(
        UserFactory(roles=["methodologist"]),
        note="x",
        company_weights={"large": 45, "loyal": 0},
    )
    restated()
    refused(actions.MinutesMissing, lambda: actions.renew_company_key(owner, key, minutes=""))
    renewed = actions.renew_company_key(owner, key, minutes="Board, point 2")
    assert (renewed.state, renewed.kci, renewed.methodology.number) == ("confirmed", 45, 2)
    first, second = renewed.decisions.order_by("pk")
    assert (first.methodology.number, first.kci) == (1, 30)
    assert (second.verdict, second.methodology.number) == ("renew", 2)
    rejected = actions.propose_company_key(owner, world["C09"], reason="x")
    refused(actions.NotWaiting, lambda: actions.renew_company_key(owner, rejected, minutes="x"))


@pytest.mark.req("S4-12")
def test_removal_takes_two_half_years_of_failing_everything(owner, world):
    key = company_key(world["C09"], owner=owner)  # passes nothing
    sentence = refused(
        actions.StillKey, lambda: actions.remove_company_key(owner, key, minutes="Away")
    )
    assert "2 half-years in a row; so far 0" in sentence
    for until, failed in (("2026-12-31", 1), ("2026-12-31", 1), ("2027-06-30", 2)):
        Restatement.objects.filter(state="current").update(until=until)
        actions.review_company_keys(owner, on=TODAY)
        key.refresh_from_db()
        assert key.failed_half_years == failed
        if failed < 2:
            refused(
                actions.StillKey, lambda: actions.remove_company_key(owner, key, minutes="Away")
            )
    refused(NotAllowed, lambda: actions.remove_company_key(UserFactory(), key, minutes="Away"))
    removed = actions.remove_company_key(owner, key, minutes="Board, point 3")
    assert removed.state == "removed"
    world["C09"].refresh_from_db()
    assert (world["C09"].company_key_since, world["C09"].segment) == (None, "flow")
    refused(actions.NotWaiting, lambda: actions.remove_company_key(owner, key, minutes="again"))


def test_one_good_half_year_starts_the_count_anew(owner, world):
    key = company_key(world["C01"], owner=owner)
    CompanyKey.objects.filter(pk=key.pk).update(failed_half_years=1)
    Restatement.objects.filter(state="current").update(until=dt.date(2026, 12, 31))
    actions.review_company_keys(owner, on=TODAY)
    key.refresh_from_db()
    assert (key.failed_half_years, key.counted_on) == (0, dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-06-30", "2026-06-30"),
        ("2026-06-29", "2025-12-31"),
        ("2026-11-30", "2026-06-30"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_half_years_end_in_june_and_december(day, end):
    assert half_year_end(dt.date.fromisoformat(day)) == dt.date.fromisoformat(end)


@pytest.mark.req("S4-13")
def test_sliders_show_who_enters_and_who_drops_out(owner, head, world):
    head.leader_share = Decimal("0.8")
    head.save()
    kam = UserFactory(leader_share=Decimal("0.8"))  # capacity is 6
    world["C10"].manager = kam
    world["C10"].save()
    for item in ("market_leader", "known_name", "reference", "public_case", "referrals"):
        actions.add_evidence(kam, world["C10"], known=KnownMark("status", item, 3, "press"))
    rows = rank_shift(owner)
    assert [(row.client.name, row.old_place) for row in rows] == [
        ("C01", 1),
        ("C02", 2),
        ("C03", 3),
        ("C04", 4),
        ("C10", 5),
    ]
    assert not any(row.enters or row.drops for row in rows)
    up = rank_shift(owner, weights={"status": 60, "large": 10})
    assert (up[0].client.name, up[0].new_place, up[0].old_place) == ("C10", 1, 5)
    stricter = rank_shift(owner, thresholds={"large_a_share": 0.10, "status_score": 100})
    moved = {row.client.name: (row.old_place, row.new_place, row.drops) for row in stricter}
    assert moved["C04"] == (4, 0, True)
    wider = rank_shift(owner, thresholds={"large_share": 0.05})
    assert [row.client.name for row in wider if row.enters] == ["C05"]
    assert CompanyKey.objects.count() == 0
    with pytest.raises(KeyError):
        rank_shift(owner, weights={"luck": 1})
    assert [row.client.name for row in rank_shift(kam)] == ["C10"]


def test_sliders_stay_quick_in_queries(owner, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        rank_shift(owner, weights={"large": 10})


def test_who_may_not_see_keys_sees_no_register(owner, world):
    company_key(world["C01"], owner=owner)
    assert not company_keys(UserFactory(roles=["assistant"]))
    assert names(company_keys(UserFactory(roles=["finance"]))) == ["C01"]
    kam = UserFactory()
    assert not company_keys(kam)
    world["C01"].manager = kam
    world["C01"].save()
    assert names(company_keys(kam)) == ["C01"]
