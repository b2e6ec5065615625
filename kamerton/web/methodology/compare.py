"""What differs between two versions in the dossier, the roles and the sections of the plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kamerton.domain.methodology.content import (
    BuyingRole,
    DossierQuestion,
    Methodology,
    PlanSection,
    RoleSet,
    Text,
)

KIND_NAMES: dict[str, str | Promise] = {
    "text": gettext_lazy("text"),
    "number": gettext_lazy("number"),
    "money": gettext_lazy("money"),
    "percent": gettext_lazy("per cent"),
    "date": gettext_lazy("date"),
    "choice": gettext_lazy("one of several"),
    "multi": gettext_lazy("some of several"),
    "person": gettext_lazy("person"),
    "file": gettext_lazy("file"),
    "table": gettext_lazy("table"),
}


@dataclass(frozen=True)
class Line:
    """An entry of the method as one line of words."""

    title: str
    words: str


@dataclass(frozen=True)
class Change:
    """An entry that differs: what it says now and what it said before; None: not there."""

    title: str
    now: str | None
    was: str | None


@dataclass(frozen=True)
class Area:
    """A part of the content and the entries of it that differ."""

    title: str | Promise
    changes: list[Change]


def areas(before: Methodology, after: Methodology) -> list[Area]:
    """The parts of the content in which two versions differ."""
    found = [Area(title, _changes(lines(before), lines(after))) for title, lines in _AREAS]
    return [area for area in found if area.changes]


def question_words(method: Methodology, question: DossierQuestion) -> str:
    """A question in one line: its words in both languages, kind, weight, how long it holds."""
    months = question.ttl_months
    parts = [
        f"{question.title.ru} / {question.title.en}",
        str(KIND_NAMES[question.kind]),
        _("weight %(weight)d") % {"weight": question.weight},
        ngettext("holds %(n)d month", "holds %(n)d months", months) % {"n": months},
    ]
    if question.required:
        parts.append(_("required"))
    if question.known_by:
        parts.append(str(method.buying_role(question.known_by).title))
    return " · ".join([*parts, *(str(choice) for choice in question.choices)])


def _changes(before: dict[str, Line], after: dict[str, Line]) -> list[Change]:
    return [
        Change(
            (now or was).title,  # type: ignore[union-attr]  # one of the two is there
            now.words if now else None,
            was.words if was else None,
        )
        for code in {**after, **before}
        if (now := after.get(code)) != (was := before.get(code))
    ]


def _groups(method: Methodology) -> dict[str, Line]:
    return {
        group.code: Line(str(group.title), f"{place}. {group.title.ru} / {group.title.en}")
        for place, group in enumerate(method.dossier_groups, start=1)
    }


def _questions(method: Methodology) -> dict[str, Line]:
    found = {}
    for group in method.dossier_groups:
        for place, question in enumerate(group.questions, start=1):
            words = f"{place}. {question_words(method, question)}"
            found[question.code] = Line(f"{group.title}: {question.title}", words)
        for question in group.unasked:
            found[question.code] = Line(f"{group.title}: {question.title}", _("switched off"))
    return found


def _roles(method: Methodology) -> dict[str, Line]:
    return {role.code: Line(str(role.title), _role_words(role)) for role in method.buying_roles}


def _role_words(role: BuyingRole) -> str:
    return " · ".join(
        [
            *(f"{text.ru} / {text.en}" for text in (role.title, role.definition)),
            *(f"{text.ru} / {text.en}" for text in (role.line_of_work, *role.actions)),
            ngettext("every %(n)d day", "every %(n)d days", role.cadence_days)
            % {"n": role.cadence_days},
        ]
    )


def _sets(method: Methodology) -> dict[str, Line]:
    return {each.code: Line(str(each.title), _set_words(method, each)) for each in method.role_sets}


def _set_words(method: Methodology, roles: RoleSet) -> str:
    named = [
        f"{method.buying_role(code).title}{' (!)' if code in roles.mandatory else ''}"
        for code in roles.roles
    ]
    force = [_("in force")] if method.role_set == roles.code else []
    return " · ".join([*force, *named])


def _sections(method: Methodology) -> dict[str, Line]:
    return {part.code: Line(str(part.title), _section_words(part)) for part in method.plan_sections}


def _section_words(part: PlanSection) -> str:
    words = [f"{text.ru} / {text.en}" for text in (part.title, part.help)]
    return " · ".join([*words, _("shown") if part.shown else _("left out")])


def _competencies(method: Methodology) -> dict[str, Line]:
    return {
        one.code: Line(
            str(one.title),
            _joined(
                (one.title, *one.indicators, *one.anchors, one.question, one.red_flag),
                _("must-have") if one.must else "",
            ),
        )
        for one in method.competencies
    }


def _form(method: Methodology) -> dict[str, Line]:
    return {
        one.code: Line(
            str(one.title),
            _joined(
                (one.title, *one.choices),
                _("weight %(weight)g") % {"weight": one.weight},
                " ".join(f"{mark:g}" for mark in one.marks),
                _("required") if one.required else "",
            ),
        )
        for one in method.questionnaire
    }


def _letter(method: Methodology) -> dict[str, Line]:
    return {
        one.code: Line(
            str(one.title),
            _joined((one.title, one.sample), _("required") if one.required else ""),
        )
        for one in method.letter_blocks
    }


def _probation(method: Methodology) -> dict[str, Line]:
    return {
        one.code: Line(
            str(one.title),
            _joined(
                (one.title,),
                f"{one.week_1:g} / {one.week_2:g} / {one.week_4:g}",
                _("points %(points)g") % {"points": one.points},
            ),
        )
        for one in method.probation_criteria
    }


def _joined(texts: Iterable[Text], *more: str) -> str:
    """Words in both languages and what is said beside them, in one line."""
    return " · ".join([*(f"{text.ru} / {text.en}" for text in texts), *filter(None, more)])


_AREAS: tuple[tuple[str | Promise, Callable[[Any], dict[str, Line]]], ...] = (
    (gettext_lazy("Groups of the dossier"), _groups),
    (gettext_lazy("Questions of the dossier"), _questions),
    (gettext_lazy("Buying roles"), _roles),
    (gettext_lazy("Sets of roles"), _sets),
    (gettext_lazy("Sections of the plan"), _sections),
    (gettext_lazy("Competencies"), _competencies),
    (gettext_lazy("Candidate's form"), _form),
    (gettext_lazy("Vacancy letter"), _letter),
    (gettext_lazy("Probation"), _probation),
)
