"""Hiring in the demo company: its figures are those of the method and agree with each other."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import override

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.actions import NewcomerHoldsNoKeys
from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import (
    Candidate,
    Letter,
    Offer,
    ProbationPlan,
    Scorecard,
    StageChange,
    Vacancy,
)
from kamerton.domain.hiring.queries import ProbationState, SlotState
from kamerton.flows.make_demo import make_demo
from kamerton.flows.make_demo.clients import everybody
from kamerton.flows.make_demo.hiring import training
from kamerton.flows.make_demo.hiring.clock import monday, moved_clock
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db  # the fixture needs the tables
PLAN = {"sourced": 1042, "contacted": 834, "form": 125, "invited": 63, "showed": 25}


@dataclass
class Seen:
    """What was found in the demo company before it was taken back."""

    at_noon: bool = True
    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    funnel: dict[str, tuple[int, int]] = field(default_factory=dict)  # needed, done
    stages: Counter[str] = field(default_factory=Counter)
    tiers: Counter[str] = field(default_factory=Counter)
    queue: int = 0
    calls: Any = None
    rates: Any = None
    day: list[SlotState] = field(default_factory=list)
    hours: list[str] = field(default_factory=list)
    tomorrow: int = 0
    offers: Counter[str] = field(default_factory=Counter)
    probation: dict[str, tuple[ProbationPlan, ProbationState]] = field(default_factory=dict)
    cards: Counter[bool] = field(default_factory=Counter)
    open_cards: int = 0
    ranking: list[Any] = field(default_factory=list)
    picture: Any = None
    speed: list[Any] = field(default_factory=list)
    survival: list[Any] = field(default_factory=list)
    pool: int = 0
    later_than_now: int = 0
    overdue: int = 0
    outbox: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    refused: str = ""
    reserve: list[Any] = field(default_factory=list)


@pytest.fixture(scope="module", params=[12, 8], ids=["at noon", "in the morning"])
def seen(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Seen:
    """Make the company once at noon and once before work, look at its hiring, take it back."""
    folder = tmp_path_factory.mktemp("demo")
    paths = {"DATA": folder, "SEGMENTS": folder / "segments", "FILES": folder / "files"}
    moment = timezone.localtime().replace(hour=request.param, minute=0, second=0)
    with (
        django_db_blocker.unblock(),
        override_settings(**paths),
        override("en"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("django.utils.timezone.now", lambda: moment)
        found = taken_back()
    found.at_noon = request.param == 12
    return found


def taken_back() -> Seen:
    with transaction.atomic():
        found = looked_at()
        transaction.set_rollback(True)
    return found


def looked_at() -> Seen:
    found, owner = Seen(), make_demo()
    found.outbox = len(getattr(mail, "outbox", ()))
    kim = User.objects.get(email="kim@demo.example")
    found.vacancies = {one.title: one for one in queries.vacancies(owner, state="all")}
    great = found.vacancies["Менеджер по ключевым клиентам"]
    found.funnel = {one.code: (one.needed, one.done) for one in queries.funnel(kim, great)}
    found.stages = Counter(great.applications.values_list("stage", flat=True))
    found.tiers = Counter(great.applications.values_list("tier", flat=True))
    found.queue = queries.call_queue(kim, great).count()
    (found.calls,) = queries.call_counts(kim, great)
    found.rates = queries.show_rates(kim)
    look_at_the_day(found, kim, great)
    look_at_the_choice(found, kim, great)
    for plan in queries.probations(owner):
        name = plan.application.candidate.full_name
        found.probation[name] = (plan, queries.probation_state(owner, plan))
    found.speed, found.survival = queries.time_to_hires(kim), list(queries.survival_by_source(kim))
    found.pool = queries.talent_pool(kim).count()
    found.reserve = queries.internal_reserve(kim, great)
    found.overdue = queries.to_be_erased(kim).count()
    found.letters = Counter(Letter.objects.values_list("kind", flat=True))
    now = timezone.now()
    found.later_than_now = StageChange.objects.filter(at__gt=now).count()
    found.later_than_now += AuditEntry.objects.filter(at__gt=now).count()
    found.refused = refused_a_key()
    return found


def look_at_the_day(found: Seen, kim: User, great: Vacancy) -> None:
    found.day = queries.interview_day(kim, localdate(), great)
    times = [timezone.localtime(one.session.starts_at) for one in found.day]
    found.hours = [f"{moment:%H:%M}" for moment in times]
    days = queries.sessions(
        kim, great, since=localdate() + dt.timedelta(days=1), until=localdate() + dt.timedelta(4)
    )
    found.tomorrow = days.count()


def look_at_the_choice(found: Seen, kim: User, great: Vacancy) -> None:
    found.offers = Counter(
        Offer.objects.filter(application__vacancy=great).values_list("state", flat=True)
    )
    cards = Scorecard.objects.filter(application__vacancy=great)
    found.cards = Counter(one.submitted_at is not None for one in cards)
    found.open_cards = len(
        [one for one in great.applications.all() if queries.calibration(kim, one)]
    )
    found.ranking = queries.ranking(kim, great)
    found.picture = queries.market_picture(kim, great)


def refused_a_key() -> str:
    """Try to give a key client to who is on probation."""
    head = User.objects.get(email="orlov@demo.example")
    newcomer = User.objects.get(email="chaykin@demo.example")
    key = Client.objects.filter(company_key_since__isnull=False, manager__supervisor=head)[0]
    with pytest.raises(NewcomerHoldsNoKeys) as caught:
        accounts.assign_manager(head, key, manager=newcomer, since=localdate(), reason="He asks")
    return str(caught.value)


@pytest.mark.req("S0-38", "S0-25")
def test_the_funnel_is_the_one_of_the_method(seen):
    assert {code: seen.funnel[code][0] for code in PLAN} == PLAN
    assert {code: seen.funnel[code][1] for code in PLAN} == PLAN
    assert seen.funnel["passed"] == (8, 5)
    assert seen.funnel["offer"] == (4, 3)
    assert sum(seen.stages.values()) == 1042


def test_834_people_were_spoken_with_and_38_wait_for_a_call(seen):
    assert (seen.calls.spoken, seen.queue) == (834, 38)
    assert seen.calls.calls > 834


def test_all_kinds_of_people_are_there(seen):
    assert set(seen.tiers) == {"T1", "T2", "T3"}
    exits = {"knocked_out", "stop_listed", "no_show", "withdrawn", "reserve"}
    assert exits | {"form_done", "passed", "form_sent", "sourced"} <= set(seen.stages)
    assert (seen.stages["knocked_out"], seen.pool) == (30, 8)
    assert seen.picture.n == 125
    assert 0 < seen.picture.above_ceiling < 0.5
    assert len(seen.picture.motives) == 5


@pytest.mark.req("S0-31", "S0-32")
def test_the_show_rate_is_learned_and_makes_three_and_eighteen(seen):
    assert seen.rates.n == 96
    assert seen.rates.overall == pytest.approx(5 / 12)
    assert [one.session.allowed for one in seen.day] == [3] * 8 + [18, 3, 4, 3, 3]


def test_the_interview_day_is_the_one_drawn(seen):
    assert seen.hours[0] == "09:00"
    assert seen.hours[8] == "14:00"
    assert seen.hours[-1] == "17:30"
    risks = [(round(100 * one.nobody), round(100 * one.overfull)) for one in seen.day]
    assert risks[6:8] == [(20, 38), (34, 17)]
    assert risks[8] == (0, 3)
    assert risks[9:] == [(20, 38), (12, 55), (58, 0), (20, 38)]
    assert (seen.day[8].session.capacity, len(seen.day[8].invited), seen.day[8].free) == (10, 16, 2)
    assert [one.free for one in seen.day[7:] if one.free] == [1, 2, 2]
    assert seen.tomorrow == 8


def test_at_noon_the_morning_is_over_before_work_nobody_has_come_yet(seen):
    came = [one.came for one in seen.day[:6]]
    assert came == ([1, 2, 0, 1, 2, 1] if seen.at_noon else [0] * 6)
    states = Counter(one.state for slot in seen.day[:6] for one in slot.invited)
    if seen.at_noon:
        assert states == {"came": 6, "late": 1, "no_show": 10, "sent": 1}
    else:
        assert states == {"sent": 11}


@pytest.mark.req("S0-35", "S0-39")
def test_marks_are_blind_until_both_are_in_and_offers_stand_in_all_states(seen):
    assert seen.open_cards == 15
    assert seen.cards[False] > 2
    assert seen.offers == {"accepted": 1, "sent": 1, "declined": 1, "pending": 1}
    assert any(one.hold for one in seen.ranking)
    assert sum(one.may_be_offered for one in seen.ranking) >= 8


@pytest.mark.req("S0-40", "S0-42")
def test_five_newcomers_stand_as_the_ledger_says(seen):
    five = {name: seen.probation[name] for name in FIVE}
    states = {name: (plan.state, plan.surplus) for name, (plan, _state) in five.items()}
    assert states == {name: expected[:2] for name, expected in FIVE.items()}
    growth = {name: state.growth for name, (_plan, state) in five.items()}
    for name, (_state, _surplus, low, high) in FIVE.items():
        assert low <= growth[name] <= high
    assert five["Степан Макаров"][0].evidence["total"] >= 70
    assert five["Игнатий Тарасов"][0].reasons
    extended = five["Алевтина Филина"][0]
    assert localdate() < extended.verdict_on
    assert not extended.application.has_left


FIVE = {
    "Степан Макаров": ("passed", "", 0.313, 0.315),
    "Дарья Сокольник": ("passed", "waiting", 0.301, 0.303),
    "Игнатий Тарасов": ("failed", "", -0.05, -0.03),
    "Алевтина Филина": ("extended", "", 0.05, 0.25),
    "Лев Чайкин": ("active", "", -0.1, 0.4),
}


@pytest.mark.req("S0-41")
def test_a_newcomer_is_refused_a_key_client(seen):
    assert "Лев Чайкин" in seen.refused


@pytest.mark.req("S0-17", "S0-34")
def test_the_past_feeds_the_reports(seen):
    states = Counter(one.state for one in seen.vacancies.values())
    assert states == {"interviews": 1, "probation": 1, "closed": 1}
    days = [one.time.days for one in seen.speed]
    assert len(days) == 2
    assert all(14 <= one <= 30 for one in days)
    assert sum(one.n for one in seen.survival) == 8
    assert sum(one.left for one in seen.survival) == 3
    assert {one.why_not for one in seen.reserve} == {"", "unwilling"}


def test_nothing_lies_ahead_nothing_is_overdue_and_no_letter_left_the_house(seen):
    assert (seen.later_than_now, seen.overdue, seen.outbox) == (0, 0, 0)
    assert seen.letters["vacancy"] == 55
    assert not Candidate.objects.exists()  # taken back


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), dt.date(2028, 2, 29)], ids=str)
def test_training_clients_grow_by_what_is_written_whatever_the_day(day):
    for one in training.TRAINING.values():
        first = one.starts_on(day)
        sold = list(one.bought(day))
        before = sum(sum_ for _name, on, sum_ in sold if on < first)
        term = sum(
            sum_
            for _name, on, sum_ in sold
            if first <= on <= first + dt.timedelta(days=training.TERM)
        )
        assert term / before - 1 == pytest.approx(one.share * 7 - 1, abs=1e-4)
        assert first == monday(first)
        assert {name for name, *_rest in sold} <= {client.name for client in everybody()}
        assert all(one.covers(on, day) for _name, on, _sum in sold)


def test_the_clock_is_moved_for_the_making_alone():
    real = timezone.now
    with moved_clock(localdate()) as clock:
        clock.at(10, 9.5)
        assert timezone.localdate() == clock.day(10)
        assert timezone.localtime().strftime("%H:%M") == "09:30"
        clock.at(-5)
        assert timezone.now() == clock.real  # never ahead of the real one
    assert timezone.now is real
    assert abs(timezone.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
