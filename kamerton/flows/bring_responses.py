"""Who answered a vacancy at hh.ru comes in as a candidate, each once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Source, Vacancy
from kamerton.domain.hiring.queries import ImportRow, NobodyNamed, Person, tidied
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.headhunter import (
    HeadHunter,
    Resume,
    SiteForbids,
    SiteHasNone,
    SiteResponse,
    TooManyAsked,
)

SITE: Final = "hh.ru"
READING: Final = gettext_noop("Reading answers to the vacancy")
RESUMES: Final = gettext_noop("Reading resumes")
REFUSED: Final = "discard"  # the state of an answer that was refused at the site
MINOR: Final = 100
Tell = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class Brought:
    """What came in; `left`: answers whose resumes the site will show another day."""

    answers: int
    made: int
    known: int
    left: int


def bring_responses(
    actor: User,
    vacancy: Vacancy,
    *,
    number: str,
    site: HeadHunter,
    tell: Tell = lambda stage, done, total: None,
) -> Brought:
    """Bring those who answered vacancy `number` of the site into ours.

    A resume is opened once: the site counts views, and may charge for contacts. When its daily
    limit is used up, what was read comes in and the rest waits for the next time.
    Raises NotAllowed, VacancyOver, SiteForbids, SiteHasNone, TooManyAsked, SiteSilent.
    """
    require(actor, "hiring.recruit")
    known = queries.known_resumes(actor, vacancy)
    fresh: list[SiteResponse] = []
    for answer in site.responses(number):
        if answer.state != REFUSED and queries.resume_key(answer.resume.link) not in known:
            fresh.append(answer)
        tell(READING, len(fresh), None)
    rows, read = _rows(site, fresh, tell)
    done = actions.import_candidates(actor, vacancy, rows=rows, source=_source(actor))
    return Brought(len(fresh), done.made, done.known, len(fresh) - read)


def _rows(site: HeadHunter, fresh: list[SiteResponse], tell: Tell) -> tuple[list[ImportRow], int]:
    """People with contacts, and how many resumes were read."""
    rows: list[ImportRow] = []
    for done, answer in enumerate(fresh):
        tell(RESUMES, done, len(fresh))
        try:
            resume = site.resume(answer)
        except TooManyAsked:
            return rows, done
        except (SiteForbids, SiteHasNone):  # the contacts are not open to us: the rest is known
            resume = answer.resume
        try:
            rows.append(_row(answer, resume))
        except NobodyNamed:
            continue
    return rows, len(fresh)


def _row(answer: SiteResponse, resume: Resume) -> ImportRow:
    """The person as an import takes him. Raises NobodyNamed."""
    named = Person(
        full_name=resume.full_name or answer.resume.full_name,
        phone=resume.phone,
        email=resume.email,
        employer=resume.employer,
        position=resume.position,
        region=resume.region,
        link=answer.resume.link,
    )
    pay = resume.pay_wanted
    return ImportRow(tidied(named), None if pay is None else pay * MINOR)


def _source(actor: User) -> Source:
    found = queries.sources(actor).filter(name=SITE).first()
    return found or actions.put_source(actor, name=SITE, kind=Source.Kind.RESPONSE)
