"""Two to four candidates side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import Ranked
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.web.hiring.offers import words


@dataclass(frozen=True)
class Line:
    """What is compared, in words for each; `best`: whose value is the best, if that can be said."""

    title: str
    values: list[str]
    best: tuple[bool, ...] = ()

    @property
    def cells(self) -> list[tuple[str, bool]]:
        """Values, and whether each is the best."""
        marks = self.best or (False,) * len(self.values)
        return list(zip(self.values, marks, strict=True))


@dataclass(frozen=True)
class Comparison:
    """Candidates and what is compared, in groups."""

    people: list[Ranked]
    groups: list[tuple[str, list[Line]]]


def compared(viewer: User, vacancy: Vacancy, people: Sequence[Ranked]) -> Comparison:
    """Put candidates beside each other (2 queries each)."""
    return Comparison(
        list(people),
        [
            (_("Rank"), list(_rank(people))),
            (_("Marks of assessors"), list(_marks(viewer, people))),
            (_("Terms and cautions"), list(_terms(viewer, vacancy, people))),
        ],
    )


def _rank(people: Sequence[Ranked]) -> Iterator[Line]:
    yield _numbers(_("Score"), [one.score for one in people])
    for code, title in words.PARTS.items():
        yield _numbers(str(title), [one.parts[code] for one in people])


def _marks(viewer: User, people: Sequence[Ranked]) -> Iterator[Line]:
    marks = [
        {line.code: line.value for line in queries.calibration(viewer, one.application)}
        for one in people
    ]
    titles = words.line_titles()
    codes = [code for code in titles if any(code in found for found in marks)]
    for code in codes:
        yield _numbers(titles[code], [found.get(code) for found in marks])


def _terms(viewer: User, vacancy: Vacancy, people: Sequence[Ranked]) -> Iterator[Line]:
    persons = [one.application.candidate for one in people]
    yield Line(
        _("Income wanted, band %(low)s – %(high)s")
        % {
            "low": formats.money(vacancy.pay_low),
            "high": formats.money(vacancy.pay_high),
        },
        [formats.money(one.pay_wanted) for one in persons],
    )
    yield Line(
        _("Can start in, days"),
        [formats.number(one.notice_days) for one in persons],
    )
    yield Line(_("Drawn by"), [one.get_motive_display() or formats.no_data() for one in persons])
    yield Line(_("Clients like ours"), [_match(viewer, vacancy, one) for one in people])
    yield Line(_("Our targets he knows"), [", ".join(one.overlap) or "—" for one in people])
    yield Line(_("Cautions"), [", ".join(words.cautions(one.cautions)) or "—" for one in people])
    yield Line(
        _("No offer without"), [", ".join(words.missing(one.missing)) or "—" for one in people]
    )


def _match(viewer: User, vacancy: Vacancy, one: Ranked) -> str:
    one.application.vacancy = vacancy
    return formats.percent(queries.profile_match(viewer, one.application).share)


def _numbers(title: str, values: Sequence[float | None]) -> Line:
    known = [value for value in values if value is not None]
    top = max(known) if len(known) > 1 and max(known) > min(known) else None
    return Line(
        title,
        [formats.no_data() if value is None else formats.number(value, 1) for value in values],
        tuple(top is not None and value == top for value in values),
    )
