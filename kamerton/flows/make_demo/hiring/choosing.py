"""The choice: marks of two assessors, a business task, a talk; offers and what was answered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from django.utils.timezone import localdate

from kamerton.calc.period import Month
from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import GivenMark, OfferText, Term
from kamerton.domain.hiring.models import Application, Offer, ProbationPlan
from kamerton.domain.hiring.queries import scorecard_codes
from kamerton.flows.make_demo.hiring import cast, words
from kamerton.flows.make_demo.hiring.clock import Clock, monday
from kamerton.platform.access.models import User

Staff = Mapping[str, User]
People = Mapping[str, Application]
TASK = "key_client"
POINTS = {"dossier": 35.0, "questions": 25.0, "plan": 30.0, "clarity": 10.0}
#: Who has handed in one card of two, and who has only begun: they stay hidden from each other.
BLIND, BEGUN = cast.CAME[15:17], cast.CAME[17]


@dataclass(frozen=True)
class Wish:
    """What is offered to one: pay in roubles, days until his first day; how it ended."""

    pay: int
    starts_in: int
    ended: str  # accepted, declined, waiting, pending
    track: str = "horizontal"


#: Beyond the band of 110–160 thousand the owner decides: the last one waits for him.
OFFERS = {
    cast.CAME[0]: Wish(140_000, 8, "accepted"),
    cast.CAME[1]: Wish(150_000, 15, "waiting", "vertical"),
    cast.CAME[2]: Wish(125_000, 15, "declined"),
    cast.CAME[3]: Wish(175_000, 15, "pending", "vertical"),
}


def judge(staff: Staff, people: People, clock: Clock) -> None:
    """Mark those who came on the days before, and some of today's."""
    for place, name in enumerate(cast.CAME):
        clock.at(1, 14 + place / 6)
        pair = (staff["orlov"], staff["belova" if place % 2 else "panin"])
        handed = 0 if name == BEGUN else 1 if name in BLIND else 2
        good = place < len(OFFERS) + 1
        mark(staff["kim"], people[name], pair, handed=handed, good=good)
        task(pair[1], people[name], share=0.86 - place * 0.02)
        tag = ("leader", "expert", "expert", "leader", "owner")[place % 5]
        actions.tag_five_years(staff["kim"], people[name], tag=tag, words=words.FIVE_YEARS[tag])
    _talk_over(staff, people, clock)
    _check_claims(staff, people, clock)
    clock.at(0, 11.5)
    for name in ("Ольга Соколова", "Рустам Галимов"):
        pair = (staff["orlov"], staff["panin"])
        mark(staff["kim"], people[name], pair, handed=1, good=True)


def mark(
    recruiter: User,
    application: Application,
    assessors: Sequence[User],
    *,
    handed: int = 2,
    good: bool = True,
) -> None:
    """Let the assessors mark apart; the first `handed` of them hand their cards in."""
    actions.assign_assessors(recruiter, application, assessors=assessors)
    codes = scorecard_codes(application.vacancy)
    for place, person in enumerate(assessors):
        draw = Random(f"{application.candidate_id}/{place}")
        weights = (0, 4, 3) if good else (3, 3, 1)
        marks = {code: draw.choices((2, 3, 4), weights)[0] + good for code in codes}
        given = {code: GivenMark(one, words.EVIDENCE.get(one, "")) for code, one in marks.items()}
        kept = given if place < handed else dict(list(given.items())[:4])
        said = words.CONCLUSIONS[0 if good else 1 + place]
        actions.save_marks(person, application, marks=kept, conclusion=said)
        if place < handed:
            actions.submit_scorecard(person, application)


def task(assessor: User, application: Application, *, share: float) -> None:
    """Mark the business task with a part of its points."""
    points = {code: round(most * share, 1) for code, most in POINTS.items()}
    note = "Факты с источниками, план на 30 дней с датами."
    actions.record_result(assessor, application, task=TASK, points=points, note=note)


def choose(recruiter: User, application: Application) -> None:
    """Bring who was tested to the chosen ones."""
    for stage in ("interviewed", "selected"):
        actions.move_application(recruiter, application, to=stage)


def plan(head: User, application: Application, first: dt.date, mentor: User) -> ProbationPlan:
    """Plan four weeks from a day on, three months by contract."""
    later = Month.of(first) + 3
    until = later.first_day.replace(day=min(first.day, later.last_day.day))
    term = Term(first, first + dt.timedelta(days=28), until)
    cost = 165_000 * words.ROUBLES
    return actions.plan_probation(head, application, term=term, mentor=mentor, monthly_cost=cost)


def draft_offer(recruiter: User, application: Application, wish: Wish) -> Offer:
    """Write an offer with all its sections."""
    text = OfferText(
        pay=wish.pay * words.ROUBLES,
        sections=words.OFFER,
        track=wish.track,
        motive=application.candidate.motive or "growth",
        adaptation_risk=words.RISK,
        answer_by=localdate() + dt.timedelta(days=5),
    )
    return actions.make_offer(recruiter, application, text=text)


def make_offers(staff: Staff, people: People, clock: Clock) -> None:
    """Four of the five chosen get an offer; one accepted, one thinks, one refused, one waits."""
    recruiter, head = staff["kim"], staff["orlov"]
    for name in cast.CAME[:5]:
        clock.at(1, 17.5)
        choose(recruiter, people[name])
    for name, wish in OFFERS.items():
        application = people[name]
        application.candidate.refresh_from_db()
        clock.at(1, 18)
        plan(head, application, monday(clock.day(-wish.starts_in)), staff["belova"])
        offer = draft_offer(recruiter, application, wish)
        if wish.ended == "pending":
            continue
        clock.at(1, 18.5)
        actions.approve_offer(head, offer)
        clock.at(1, 18.75)
        actions.send_offer(recruiter, offer)
        clock.at(0, 9.5)
        if wish.ended == "accepted":
            actions.answer_offer(recruiter, offer, accepted=True, note="Выходит в понедельник")
        elif wish.ended == "declined":
            note = "Нынешний работодатель поднял оклад"
            actions.answer_offer(recruiter, offer, accepted=False, note=note)


def _talk_over(staff: Staff, people: People, clock: Clock) -> None:
    """The assessors agree on a line where they saw different things."""
    clock.at(1, 17.25)
    for name in cast.CAME[:5]:
        actions.calibrate(
            staff["orlov"],
            people[name],
            code="C03",
            mark=4,
            note="В ролевой игре уступил за встречную уступку: сошлись на четвёрке.",
        )


def _check_claims(staff: Staff, people: People, clock: Clock) -> None:
    clock.at(1, 17.4)
    states = ("confirmed", "confirmed", "", "", "confirmed", "refuted", "")
    texts = ("Вывел клиента с 2 до 9 млн ₽ за год", "Вёл группу из четырёх человек")
    for place, (name, state) in enumerate(zip(cast.CAME, states, strict=False)):
        person = people[name].candidate
        claim = actions.add_claim(staff["kim"], person, text=texts[place % 2])
        if state:
            source = "Звонок бывшему руководителю"
            actions.check_claim(staff["kim"], claim, state=state, source=source)
        if place < 2:
            actions.add_reference(
                staff["kim"],
                person,
                who="Бывший руководитель отдела продаж",
                said="Клиентов передал по описи, взял бы снова.",
                on=localdate(),
            )
