"""All that a verdict on a probation rests on, to be read, signed and kept (art. 71)."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Checkpoint, ProbationPlan
from kamerton.domain.hiring.queries import ProbationState, ProofRow
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.hiring import ProbationCriterion
from kamerton.flows.write_hiring.paper import Paper, Row, Section, Table, Told, printed
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import company

NONE = "—"


def write_evidence(viewer: User, plan: ProbationPlan, *, today: dt.date) -> Paper:
    """Write the evidence of a probation as PDF, in the reader's language."""
    state = queries.judged_state(viewer, plan)
    told = _told(viewer, plan, state, today)
    language = (get_language() or "ru")[:2]
    return printed(told, name=f"probation-{plan.pk}", language=language)


def _told(viewer: User, plan: ProbationPlan, state: ProbationState, today: dt.date) -> Told:
    here, application = company(), plan.application
    name = here.name if here else ""
    method = methodology.version(plan.methodology.number)
    return Told(
        company=name,
        title=_("Evidence of the probation"),
        subtitle=f"{application.candidate.full_name} · {application.vacancy.title}",
        facts=tuple(_facts(plan, state, method)),
        sections=tuple(_sections(viewer, plan, state, method)),
        signs=(_("Head"), _("Mentor"), _("Read by the newcomer: signature, date")),
        footer=_("%(company)s, %(day)s") % {"company": name, "day": formats.day(today)},
        badge=plan.get_state_display(),
    )


def _facts(
    plan: ProbationPlan, state: ProbationState, method: Methodology
) -> Iterator[tuple[str, str]]:
    yield _("Term"), f"{formats.day(plan.starts_on)} – {formats.day(plan.verdict_on)}"
    yield _("By contract until"), formats.day(plan.contractual_until)
    if plan.mentor:
        yield _("Mentor"), plan.mentor.full_name
    points = _("%(points)s of 100 on %(day)s, %(passing)s are enough") % {
        "points": formats.number(state.total, 0),
        "day": formats.day(state.on),
        "passing": formats.number(method.hiring.passing, 0),
    }
    yield _("Points"), points
    closed = [str(plan.GATES[name]) for name, is_open in state.gates.items() if not is_open]
    yield _("Gates closed"), ", ".join(closed) or NONE
    if plan.reasons:
        yield _("Reasons"), plan.reasons


def _sections(
    viewer: User, plan: ProbationPlan, state: ProbationState, method: Methodology
) -> Iterator[Section]:
    units = {one.code: one for one in method.probation_criteria}
    yield Section(_("Criteria"), table=_criteria(state, units))
    for code in ("portfolio", "dossier", "centre", "talks", "plans"):
        if rows := queries.proof(viewer, plan, code, on=state.on):
            unit = "share" if code == "portfolio" else units[code].unit
            yield Section(str(units[code].title), table=_proof(rows, unit))
    if looks := list(plan.checkpoints.all()):
        yield Section(_("Weekly checkpoints"), table=_checkpoints(looks))


def _criteria(state: ProbationState, known: dict[str, ProbationCriterion]) -> Table:
    rows = tuple(
        (
            str(known[line.code].title),
            said(line.fact, known[line.code].unit),
            said(line.target, known[line.code].unit),
            said(line.points, "count"),
        )
        for line in state.lines
    )
    heads = (_("Criterion"), _("Fact"), _("Target"), _("Points"))
    return Table(heads, rows, (3.4, 1, 1, 0.8), figures=(1, 2, 3))


def said(value: float | None, unit: str) -> str:
    """A value in its unit; a dash for none."""
    if value is None:
        return NONE
    return formats.percent(value) if unit == "share" else formats.number(value)


def _proof(rows: list[ProofRow], unit: str) -> Table:
    if rows[0].kind == "activity":
        told: list[Row] = [
            (formats.day(row.on), row.client.name if row.client else NONE, row.text) for row in rows
        ]
        return Table((_("On"), _("Client"), _("What")), tuple(told), (0.9, 1.8, 2.6))
    numbered = [
        (
            row.client.name if row.client else _("Client %(n)d") % {"n": at},
            row.text,
            said(row.value, unit),
        )
        for at, row in enumerate(rows, 1)
    ]
    return Table((_("Client"), "", _("Fact")), tuple(numbered), (3, 1.6, 1), figures=(2,))


def _checkpoints(looks: list[Checkpoint]) -> Table:
    rows = tuple(
        (formats.day(one.on), formats.number(one.total, 0), one.note or NONE) for one in looks
    )
    return Table((_("On"), _("Points"), _("Note")), rows, (1, 0.7, 4), figures=(1,))
