"""Probation: planned, begun, measured by records, judged, kept or not; then the ramp."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.actions import NewcomerHoldsNoKeys
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    AccountsMissing,
    ExtendedAlready,
    KeyForNewcomer,
    NotPassed,
    ReasonMissing,
    TermWrong,
    Unfit,
    WrongState,
)
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.domain.hiring.queries import Marked
from kamerton.platform.access.models import User
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import contact
from tests.factories.hiring import ROUBLES, a_term, an_application
from tests.factories.ledger import clients_for, ledger, line

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 6, 1)  # a Monday
VERDICT = dt.date(2026, 6, 29)
GOOD = Marked(method=0.9, calls=16, papers=1.0)
CODES = [f"T{number}" for number in range(1, 6)]


def set_day(monkeypatch, day):
    real = timezone.localdate
    monkeypatch.setattr(
        "django.utils.timezone.localdate",
        lambda moment=None, *rest: day if moment is None else real(moment, *rest),
    )


@pytest.fixture(autouse=True)
def first_day(monkeypatch):
    set_day(monkeypatch, FIRST)


@pytest.fixture
def clients(head):
    """Five lesser clients that bought for 1,000 in the four weeks before."""
    made = clients_for(CODES, manager=head)
    before = [line(dt.date(2026, 5, 20), code, 200) for code in CODES]
    ledger([*before, line(dt.date(2026, 5, 31), "T1", 0)])
    return list(made.values())


@pytest.fixture
def nick(head):
    return UserFactory(full_name="Nick New", supervisor=head)


@pytest.fixture
def plan(head, kam, nick, vacancy, clients):
    """A probation with its five clients, of who accepted the offer."""
    application = an_application(vacancy, stage="accepted")
    made = actions.plan_probation(head, application, term=a_term(FIRST), mentor=kam)
    for client in clients:
        actions.add_training_account(head, made, client=client, untouched=True)
    return made


@pytest.fixture
def begun(head, plan, nick):
    return actions.start_probation(head, plan, user=nick)


def june(sums, day=dt.date(2026, 6, 15)):
    ledger(
        [line(day, code, amount) for code, amount in zip(CODES, sums, strict=True)]
        + [line(dt.date(2026, 6, 30), "T1", 0)]
    )


def fresh(plan):
    return ProbationPlan.objects.get(pk=plan.pk)


def everything(head, plan, nick, clients):
    """Talks beyond what is asked, so that the points reach seventy."""
    for at in range(25):
        person = ContactPersonFactory(client=clients[at % 5])
        contact([person], dt.date(2026, 6, 10), kind="meeting", owner=nick)
    actions.write_checkpoint(head, plan, on=timezone.localdate(), marked=GOOD)


@pytest.mark.req("S0-39")
@pytest.mark.parametrize("days", [6, 29])
def test_the_verdict_falls_in_seven_to_twenty_eight_days(head, vacancy, days):
    application = an_application(vacancy, stage="selected")
    with pytest.raises(TermWrong):
        actions.plan_probation(head, application, term=a_term(FIRST, days))
    assert not ProbationPlan.objects.exists()


def test_the_contract_gives_three_months_at_most_and_the_head_plans(head, kim, vacancy):
    application = an_application(vacancy, stage="selected")
    late = actions.Term(FIRST, VERDICT, dt.date(2026, 9, 2))
    with pytest.raises(TermWrong):
        actions.plan_probation(head, application, term=late)
    with pytest.raises(NotAllowed):
        actions.plan_probation(kim, application, term=a_term(FIRST))
    assert not ProbationPlan.objects.exists()
    made = actions.plan_probation(head, application, term=a_term(FIRST, 14))
    assert (made.targets["portfolio"], made.targets["talks"]) == (0.10, 12)


@pytest.mark.req("S0-42")
def test_a_baseline_is_frozen_and_a_contact_of_late_is_warned_of(head, plan, clients):
    account = plan.accounts.get(client=clients[0])
    assert (account.baseline, account.baseline_days) == (200 * ROUBLES, 28)
    assert account.last_contact_on is None
    contact([ContactPersonFactory(client=clients[1])], FIRST - dt.timedelta(days=10), owner=head)
    again = actions.add_training_account(head, plan, client=clients[1], untouched=True)
    assert again.last_contact_on == FIRST - dt.timedelta(days=10)
    warned = [row.account for row in queries.account_states(head, plan) if row.warned]
    assert warned == [again]


@pytest.mark.req("S0-41")
def test_a_key_client_is_none_to_learn_on(head, plan, clients):
    key = ClientFactory(manager=head, company_key_since=FIRST)
    actions.remove_training_account(head, plan.accounts.first())
    with pytest.raises(KeyForNewcomer):
        actions.add_training_account(head, plan, client=key)
    foreign = ClientFactory(manager=UserFactory())
    with pytest.raises(NotAllowed):
        actions.add_training_account(head, plan, client=foreign)
    assert plan.accounts.count() == 4
    actions.add_training_account(head, plan, client=ClientFactory(manager=head))
    with pytest.raises(Unfit):
        actions.add_training_account(head, plan, client=ClientFactory(manager=head))
    assert plan.accounts.count() == 5


def test_it_begins_with_five_clients_after_an_accepted_offer(head, plan, nick):
    last = plan.accounts.last()
    actions.remove_training_account(head, last)
    with pytest.raises(AccountsMissing, match="1 more client"):
        actions.start_probation(head, plan, user=nick)
    nick.refresh_from_db()
    assert (fresh(plan).state, nick.status) == ("draft", "active")


@pytest.mark.req("S0-41", "S0-14", "S1-50")
def test_from_the_first_day_no_key_client_comes_and_the_ramp_is_set(head, begun, nick):
    nick.refresh_from_db()
    assert (begun.state, nick.status) == ("active", "onboarding")
    application = Application.objects.get(pk=begun.application_id)
    assert (application.stage, application.hired_on) == ("probation", FIRST)
    assert application.candidate.keep_until is None
    key = ClientFactory(manager=head, company_key_since=FIRST)
    with pytest.raises(NewcomerHoldsNoKeys):
        accounts.assign_manager(head, key, manager=nick, since=FIRST)
    assert begun.ramp.shares[0] == 0.25
    assert begun.ramp.full_from == dt.date(2026, 9, 1)
    assert begun.steps.count() == 5
    step = begun.steps.first()
    assert actions.finish_step(nick, step).done_by == nick


@pytest.mark.req("S0-42")
def test_plus_thirty_percent_is_measured_by_the_ledger(head, begun, nick, clients, monkeypatch):
    june([300, 250, 250, 250, 250])
    set_day(monkeypatch, VERDICT)
    everything(head, begun, nick, clients)
    state = queries.probation_state(head, begun)
    assert state.growth == pytest.approx(0.30)
    portfolio = next(one for one in state.lines if one.code == "portfolio")
    assert (portfolio.target, portfolio.points) == (0.30, pytest.approx(30))
    # method 15, portfolio 30, talks 10, calls 10, papers 5
    assert state.total == pytest.approx(70)
    assert (state.measure, state.gates["papers"], state.passes) == ("ledger", True, True)


def test_a_week_counts_contacts_and_the_baseline_is_taken_in_proportion(
    head, begun, nick, clients, monkeypatch
):
    contact([ContactPersonFactory(client=clients[0])], dt.date(2026, 6, 3), owner=nick)
    set_day(monkeypatch, dt.date(2026, 6, 9))
    week = queries.probation_state(head, begun)
    portfolio = next(one for one in week.lines if one.code == "portfolio")
    assert (portfolio.fact, portfolio.target) == (pytest.approx(0.2), 1.0)
    june([110, 110, 110, 110, 110], day=dt.date(2026, 6, 10))
    set_day(monkeypatch, dt.date(2026, 6, 15))  # 15 days of 28
    fortnight = queries.probation_state(head, begun)
    assert fortnight.growth == pytest.approx(550 / (1000 * 15 / 28) - 1)


@pytest.mark.req("S0-43")
def test_a_longer_cycle_counts_leading_signs(head, begun, nick, clients, monkeypatch):
    ProbationPlan.objects.filter(pk=begun.pk).update(cycle_days=240)
    plan = fresh(begun)
    set_day(monkeypatch, VERDICT)
    everything(head, plan, nick, clients)
    state = queries.probation_state(head, plan)
    portfolio = next(one for one in state.lines if one.code == "portfolio")
    assert (state.measure, portfolio.target, portfolio.points) == ("leading", None, None)
    assert state.total == pytest.approx(100 * 40 / 70)


def test_the_mentor_looks_weekly_and_a_missing_look_is_due(head, kam, kim, begun, monkeypatch):
    assert queries.checkpoints_due(kim) == []
    set_day(monkeypatch, FIRST + dt.timedelta(days=7))
    assert queries.checkpoints_due(kim) == [begun]
    made = actions.write_checkpoint(kam, begun, on=timezone.localdate(), marked=GOOD, note="Well")
    assert made.facts["method"] == 0.9
    assert queries.checkpoints_due(kim) == []
    with pytest.raises(NotAllowed):
        actions.write_checkpoint(UserFactory(), begun, on=timezone.localdate(), marked=GOOD)
    with pytest.raises(Unfit):
        actions.write_checkpoint(kam, begun, on=FIRST, marked=Marked(calls=30))
    assert begun.checkpoints.count() == 1
    assert list(queries.probations(kam)) == [begun]
    assert not queries.probations(UserFactory()).exists()


def test_passing_opens_key_clients_and_keeps_the_evidence(
    head, owner, begun, nick, clients, monkeypatch
):
    june([300, 250, 250, 250, 250])
    with pytest.raises(WrongState, match="due on"):
        actions.pass_probation(head, begun)
    set_day(monkeypatch, VERDICT)
    everything(head, begun, nick, clients)
    passed = actions.pass_probation(head, begun)
    nick.refresh_from_db()
    assert (passed.state, passed.surplus, nick.status) == ("passed", "", "active")
    assert Application.objects.get(pk=begun.application_id).stage == "hired"
    assert passed.evidence["total"] == pytest.approx(70)
    assert len(passed.evidence["accounts"]) == 5
    key = ClientFactory(manager=head, company_key_since=FIRST)
    accounts.assign_manager(head, key, manager=nick, since=VERDICT)


@pytest.mark.parametrize("marked", [Marked(0.7, 16, 1.0), Marked(0.9, 16, 0.9), GOOD])
def test_a_closed_gate_or_few_points_pass_nobody(head, begun, nick, marked, monkeypatch):
    set_day(monkeypatch, VERDICT)
    actions.write_checkpoint(head, begun, on=VERDICT, marked=marked)
    with pytest.raises(NotPassed):
        actions.pass_probation(head, begun)
    nick.refresh_from_db()
    assert (fresh(begun).state, nick.status) == ("active", "onboarding")


def test_dishonesty_once_heard_closes_its_gate(head, begun, nick, clients, monkeypatch):
    june([300, 250, 250, 250, 250])
    actions.write_checkpoint(head, begun, on=FIRST, marked=Marked(dishonest=True))
    set_day(monkeypatch, VERDICT)
    everything(head, begun, nick, clients)
    with pytest.raises(NotPassed, match="honesty"):
        actions.pass_probation(head, begun)
    assert fresh(begun).state == "active"


def test_it_is_extended_once_by_half_and_failed_with_reasons(head, begun, nick, monkeypatch):
    set_day(monkeypatch, VERDICT)
    with pytest.raises(ExtendedAlready):
        actions.extend_probation(head, begun, until=dt.date(2026, 7, 14), reason="x")
    with pytest.raises(ReasonMissing):
        actions.extend_probation(head, begun, until=dt.date(2026, 7, 13), reason="")
    longer = actions.extend_probation(head, begun, until=dt.date(2026, 7, 13), reason="More talks")
    assert (longer.state, longer.verdict_on) == ("extended", dt.date(2026, 7, 13))
    with pytest.raises(ExtendedAlready):
        actions.extend_probation(head, begun, until=dt.date(2026, 7, 20), reason="Again")
    with pytest.raises(ReasonMissing, match=r"art\. 71"):
        actions.fail_probation(head, begun, reasons=" ")
    assert fresh(begun).state == "extended"
    failed = actions.fail_probation(head, begun, reasons="Reports late, 30 points")
    application = Application.objects.get(pk=begun.application_id)
    assert (failed.state, failed.evidence["passes"]) == ("failed", False)
    assert (application.stage, application.left_on) == ("refused", VERDICT)
    nick.refresh_from_db()
    assert nick.status == "onboarding"  # no key clients for him still


@pytest.mark.req("S0-40")
def test_who_passes_beyond_the_seats_waits_for_the_owner(
    head, owner, begun, nick, clients, vacancy, monkeypatch
):
    june([300, 250, 250, 250, 250])
    set_day(monkeypatch, VERDICT)
    everything(head, begun, nick, clients)
    other = ProbationPlan.objects.create(
        application=an_application(vacancy, stage="hired"),
        state="passed",
        starts_on=FIRST,
        verdict_on=VERDICT,
        planned_verdict_on=VERDICT,
        contractual_until=VERDICT,
        cycle_days=28,
        targets={},
        methodology=begun.methodology,
        created_by=head,
    )
    assert other.surplus == ""  # the only seat
    passed = actions.pass_probation(head, begun)
    nick.refresh_from_db()
    assert (passed.surplus, nick.status) == ("waiting", "onboarding")
    assert list(queries.surplus_waiting(owner)) == [passed]
    with pytest.raises(NotAllowed):
        actions.decide_surplus(head, passed, keep=True, note="We need him")
    assert fresh(passed).surplus == "waiting"
    actions.decide_surplus(owner, passed, keep=True, note="The payroll allows it")
    nick.refresh_from_db()
    assert (fresh(passed).surplus, nick.status) == ("kept", "active")
    assert not queries.surplus_waiting(owner).exists()


@pytest.mark.req("S3-17")
def test_the_payback_needs_money_rights_and_is_in_months(head, finance, begun, clients, nick):
    assert queries.hire_payback(finance, begun) is None  # no monthly cost is set
    assert queries.hire_payback(UserFactory(), begun) is None
    assert Month.of(begun.starts_on) == Month(2026, 6)


@pytest.fixture
def finance():
    return UserFactory(roles=["finance"])


def test_a_payback_by_the_ledger(head, finance, begun, clients, nick, monkeypatch):
    ProbationPlan.objects.filter(pk=begun.pk).update(monthly_cost=100 * ROUBLES)
    actions.record_expense(head, begun.application.vacancy, item="Ads", amount=50 * ROUBLES)
    for client in clients:
        accounts.assign_manager(head, client, manager=nick, since=FIRST)
    ledger([line(dt.date(2026, 6, 15), "T1", 500, cost=100), line(dt.date(2026, 6, 30), "T1", 0)])
    set_day(monkeypatch, dt.date(2026, 7, 10))
    found = queries.hire_payback(finance, ProbationPlan.objects.get(pk=begun.pk))
    assert found.month == 1
    assert User.objects.get(pk=nick.pk).status == "onboarding"
