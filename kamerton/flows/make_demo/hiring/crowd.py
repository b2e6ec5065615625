"""A thousand candidates: imported, called, those who wish fill the form; rules judge it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Source, Vacancy
from kamerton.flows.make_demo.hiring import cast, opening, words
from kamerton.flows.make_demo.hiring.cast import Applicant
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.platform.access.models import User
from kamerton.platform.reading import reading

POLICY = "2026-01"
LINK = "https://demo.example/c/{token}/"
#: How many of each fate there are: 63 are invited, 125 fill the form, 834 are spoken with.
FATES = {
    "invited": 63,
    "passed": 8,
    "reserve": 8,
    "knocked": 30,
    "cautious": 8,
    "stopped": 3,
    "withdrew": 5,
    "asked": 110,  # have the form and do not answer
    "refused": 420,
    "talked": 167,
    "later": 12,  # asked to call again, and that was yesterday
    "unreached": 26,
    "tomorrow": 20,  # no answer today, next attempt tomorrow
    "wrong": 30,
    "blocked": 12,  # the stop list
    "mute": 120,  # no phone
}
FILLED = ("invited", "passed", "reserve", "knocked", "cautious", "stopped", "withdrew")
#: From whom so many came, and how many days before the demo's day.
IMPORTS = (
    (opening.HH, 520, 23),
    (opening.SUPERJOB, 230, 22),
    (opening.SITE, 140, 21),
    (opening.DIRECT, 80, 20),
    (opening.AGENCY, 60, 20),
    (opening.REFERRAL, 12, 20),
)
CALLS = (21, 5)  # the first and the last day of calls


@dataclass(frozen=True)
class Crowd:
    """Who came of the imports, by fate."""

    by_fate: Mapping[str, Sequence[Application]]

    def named(self) -> dict[str, Application]:
        """Return those who were invited, by name."""
        return {one.candidate.full_name: one for one in self.by_fate["invited"]}


def gather(recruiter: User, vacancy: Vacancy, clock: Clock, sources: Mapping[str, Source]) -> Crowd:
    """Import everybody; return them by what becomes of them."""
    people = _everybody()
    fates = _spread([fate for fate, count in FATES.items() for _ in range(count)])
    invited = iter(cast.invited())
    rows: list[Applicant] = []
    for number, (fate, name) in enumerate(zip(fates, people, strict=True), 1):
        draw = Random(cast.SEED + number)
        shown = next(invited) if fate == "invited" else name
        one = cast.applicant(number, shown, draw, phone=fate != "mute")
        rows.append(_stopped(one) if fate == "blocked" else one)
    at = 0
    for source, count, days_ago in IMPORTS:
        clock.at(days_ago, 10)
        part = [one.row() for one in rows[at : at + count]]
        actions.import_candidates(recruiter, vacancy, rows=part, source=sources[source])
        at += count
    made = vacancy.applications.order_by("pk").select_related("candidate")
    found: dict[str, list[Application]] = {fate: [] for fate in FATES}
    for fate, application in zip(fates, made, strict=True):
        found[fate].append(application)
    return Crowd(found)


def work(recruiter: User, head: User, crowd: Crowd, clock: Clock) -> None:
    """Call them all, send forms, take the answers; `reading` holds the method, which stands."""
    with reading():
        _fill_forms(recruiter, crowd, clock)
        _call_others(recruiter, crowd, clock)
    _settle(recruiter, head, crowd, clock)


def _everybody() -> list[str]:
    return list(cast.names(sum(FATES.values()), Random(cast.SEED)))


def _spread(fates: list[str]) -> list[str]:
    """Mix fates over the imports, each time the same."""
    Random(cast.SEED).shuffle(fates)
    return fates


def _stopped(one: Applicant) -> Applicant:
    return Applicant(
        one.number, one.name, cast.STOPPED, one.niche, one.region, one.position, one.wants
    )


def _fill_forms(recruiter: User, crowd: Crowd, clock: Clock) -> None:
    days = clock.working(CALLS[0], CALLS[0] - 10)
    filled = [(fate, one) for fate in FILLED for one in crowd.by_fate[fate]]
    for number, (fate, application) in enumerate(filled):
        ago = days[number % len(days)]
        clock.at(ago, 9 + number % 70 / 8)
        actions.record_call(recruiter, application, outcome="form_wanted", note="Ждёт анкету")
        _form, token = actions.send_form(recruiter, application)
        clock.at(ago - 1 - number % 3, 19 + number % 8 / 3)
        purposes = ("selection", "reserve") if number % 3 == 0 or fate == "reserve" else None
        given = {"purposes": purposes} if purposes else {}
        actions.give_consent(token, policy_version=POLICY, **given)
        actions.submit_form(token, answers=_answers(application, fate, number))


def _answers(application: Application, fate: str, number: int) -> dict[str, Any]:
    """What somebody of this fate writes; refusals come from the rules, not from here."""
    draw = Random(cast.SEED * 2 + application.candidate_id)
    years: float = draw.choice((3, 4, 5, 6, 8, 11))
    wishes = draw.randrange(95, 175, 5) * 1000
    trips, notice = draw.choice((6, 8, 10)), draw.choice((7, 14, 14, 30))
    if fate == "knocked":
        years, trips, notice = ((1, trips, notice), (years, 2, notice), (years, trips, 120))[
            number % 3
        ]
    if fate == "cautious":
        years, wishes = ((2.5, wishes), (years, 215_000))[number % 2]
    five_years = draw.choice(("leader", "leader", "expert", "expert", "owner"))
    return {
        **words.ANSWERS,
        "experience": str(years),
        "largest_deal": str(draw.randrange(6, 90, 4) * 100_000),
        "buyer_level": str(draw.choice((0, 1, 1, 2, 2, 3))),
        "known_clients": draw.sample((*opening.TARGETS, "Сеть «Умелец»", "АО «Пермьстрой»"), 3),
        "employer": cast.STOPPED if fate == "stopped" else application.candidate.employer,
        "pay_now": str(round(wishes * 0.85, -3)),
        "pay_wanted": str(wishes),
        "notice_days": str(notice),
        "trip_days": str(trips),
        "education": str(draw.choice((0, 1, 1, 2))),
        "papers": str(draw.choice((0, 0, 1, 2))),
        "motive": str(draw.choice((0, 0, 1, 1, 1, 2, 3, 4))),
        "five_years": words.FIVE_YEARS[five_years],
    }


def _call_others(recruiter: User, crowd: Crowd, clock: Clock) -> None:
    """Everybody who has a phone is called, once at least."""
    days = clock.working(*CALLS)
    spoken = [(fate, one) for fate in ("asked", "refused", "talked") for one in crowd.by_fate[fate]]
    for number, (fate, application) in enumerate(spoken):
        clock.at(days[number % len(days)], 9 + number // len(days) / 8.5)
        if number % 25 == 0:
            actions.record_call(recruiter, application, outcome="no_answer")
            clock.at(days[number % len(days)] - 1, 17.5)
        outcome = {"asked": "form_wanted", "refused": "not_interested"}.get(fate, "interested")
        actions.record_call(recruiter, application, outcome=outcome)
        if fate == "asked" and number % 2:
            actions.send_letter(recruiter, application, link=LINK)
        elif fate == "asked":
            actions.send_form(recruiter, application)
    _call_in_vain(recruiter, crowd, clock)


def _call_in_vain(recruiter: User, crowd: Crowd, clock: Clock) -> None:
    for application in crowd.by_fate["wrong"]:
        clock.at(4, 15)
        actions.record_call(recruiter, application, outcome="wrong_number")
    for application in crowd.by_fate["later"]:
        clock.at(3, 16)
        again = timezone.now() + dt.timedelta(days=2)
        actions.record_call(
            recruiter, application, outcome="busy", note="Просил позже", next_at=again
        )
    for application in crowd.by_fate["tomorrow"]:
        clock.at(0, 10)
        actions.record_call(recruiter, application, outcome="no_answer")
    for application in crowd.by_fate["blocked"]:
        clock.at(19, 12)
        actions.move_application(
            recruiter, application, to="stop_listed", reason="Работает в компании из стоп-листа"
        )


def _settle(recruiter: User, head: User, crowd: Crowd, clock: Clock) -> None:
    """Who is kept for later, who changed his mind; texts of the invited are marked."""
    clock.at(6, 17)
    for application in crowd.by_fate["reserve"]:
        actions.move_application(
            recruiter, application, to="reserve", reason="Хорош, но готов выйти только через год"
        )
    for application in crowd.by_fate["withdrew"]:
        actions.move_application(
            recruiter, application, to="withdrawn", reason="Принял другое предложение"
        )
    one = crowd.by_fate["stopped"][0]
    actions.clear_stop(
        head, one, reason="Ушёл оттуда сам, рассказал почему; рекомендация проверена"
    )
