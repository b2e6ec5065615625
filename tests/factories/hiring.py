"""Vacancies, candidates and their way: the shortest way to each."""

import datetime as dt
from typing import Any

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import GivenMark, OfferText, Term
from kamerton.domain.hiring.models import Application, Candidate, CandidateForm, Vacancy
from kamerton.domain.hiring.models.candidates import company_key
from kamerton.domain.hiring.queries import Person, scorecard_codes
from kamerton.domain.methodology.content import shipped
from kamerton.platform.access.models import User
from tests.factories.access import UserFactory

ROUBLES = 100
POLICY = "2026-11-01"
LETTER = {
    "about": "Valves for plants since 2010",
    "task": "Develop 15 key clients",
    "manages": "A portfolio and prices within a corridor",
    "pay": "120 000 a month: 40/10/50, an example month inside",
    "contest": "A form, a group interview, a task: two weeks",
    "call": "Fill in the form",
}
ANSWERS = {
    "experience": "5",
    "largest_deal": "4 000 000",
    "deal_role": "Led it alone",
    "buyer_level": "2",
    "known_clients": "Acme\nBorey\nVega",
    "employer": "Truba LLC",
    "pay_now": "90000",
    "pay_wanted": "120000",
    "notice_days": "14",
    "education": "0",
    "papers": "0",
    "leaving": "No growth",
    "motive": "1",
    "blunder": "A lost tender",
    "five_years": "Head of a region",
    "case": "Call, listen, reckon, offer, agree",
}


def a_vacancy(recruiter: User | None = None, **fields: Any) -> Vacancy:
    """A draft with all that an approval asks for."""
    actor = recruiter or UserFactory(roles=["recruiter"])
    values: dict[str, Any] = {
        "title": "Key account manager",
        "reason": "growth",
        "mandate": "develop",
        "niche": "valves",
        "region": "Tver",
        "needed_by": timezone.localdate() + dt.timedelta(days=30),
        "pay_low": 80_000 * ROUBLES,
        "pay_high": 130_000 * ROUBLES,
        "language": "en",
    }
    return actions.create_vacancy(actor, **(values | fields))


def an_open_vacancy(recruiter: User | None = None, **fields: Any) -> Vacancy:
    """An approved vacancy whose letter is written."""
    vacancy = a_vacancy(recruiter, **fields)
    Vacancy.objects.filter(pk=vacancy.pk).update(letter=LETTER)
    return actions.approve_vacancy(UserFactory(roles=["owner"]), vacancy)


def a_candidate(**fields: Any) -> Candidate:
    """A person put down past the guards."""
    number = Candidate.objects.count() + 1
    name, employer = fields.pop("full_name", f"Ivan Petrov {number}"), fields.pop("employer", "")
    values = {
        "full_name": name,
        "name_folded": name.casefold(),
        "searched": f"{name} {employer}".casefold(),
        "phone": f"+7916{number:07}",
        "email": f"candidate{number}@example.com",
        "employer": employer,
        "employer_key": company_key(employer),
        "region": "Tver",
        "created_by": fields.pop("created_by", None) or UserFactory(roles=["recruiter"]),
        "keep_until": timezone.localdate() + dt.timedelta(days=60),
    }
    return Candidate.objects.create(**(values | fields))


def an_application(
    vacancy: Vacancy, *, stage: str = "sourced", candidate: Candidate | None = None, **fields: Any
) -> Application:
    """A candidate of the vacancy at a stage, past the guards."""
    person = candidate or a_candidate()
    reached = Application.WAY.index(stage) if stage in Application.WAY else 0
    values = {
        "stage": stage,
        "reached": reached,
        "stage_since": timezone.now(),
        "call_due_at": timezone.now() if stage in ("sourced", "contacted") else None,
        "created_by": vacancy.created_by,
    }
    return Application.objects.create(vacancy=vacancy, candidate=person, **(values | fields))


def a_form(recruiter: User, application: Application, **answers: Any) -> CandidateForm:
    """A form that was filled and judged."""
    _form, token = actions.send_form(recruiter, application)
    actions.give_consent(token, policy_version=POLICY)
    return actions.submit_form(token, answers=ANSWERS | answers)


def a_person(number: int = 1, **fields: Any) -> Person:
    """Who a candidate is, as somebody wrote it."""
    values = {"phone": f"8 916 {number:07}", "email": f"p{number}@example.com"}
    return Person(**({"full_name": f"Anna Orlova {number}"} | values | fields))


def marked(application: Application, *assessors: User, mark: int = 3) -> None:
    """Scorecards of all assessors, whole and handed in, and the needed business task."""
    actions.assign_assessors(application.created_by, application, assessors=assessors)
    codes = scorecard_codes(application.vacancy)
    for person in assessors:
        given = {code: GivenMark(mark, "seen") for code in codes}
        actions.save_marks(person, application, marks=given)
        actions.submit_scorecard(person, application)


def task_done(actor: User, application: Application, *, share: float = 0.75) -> None:
    """The needed business task, marked with a part of its points."""
    task = shipped().business_task("key_client")
    points = {item.code: share * item.points for item in task.rubric}
    actions.record_result(actor, application, task=task.code, points=points)


def an_offer_text(**fields: Any) -> OfferText:
    """An offer with all sections, within the band."""
    values: dict[str, Any] = {
        "pay": 120_000 * ROUBLES,
        "sections": {one.code: f"{one.title.en}: agreed" for one in shipped().offer_sections},
        "track": "horizontal",
        "motive": "growth",
        "adaptation_risk": "Used to a larger company",
        "answer_by": timezone.localdate() + dt.timedelta(days=5),
    }
    return OfferText(**(values | fields))


def a_term(starts_on: dt.date | None = None, days: int = 28, **fields: Any) -> Term:
    """Four weeks from a day on, three months by contract."""
    first = starts_on or timezone.localdate()
    until = first + dt.timedelta(days=85)
    return Term(first, first + dt.timedelta(days=days), until, **fields)
