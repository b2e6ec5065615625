"""Choice: marks of assessors apart, then calibrated; business tasks; the five-years question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    RECRUIT,
    Unfit,
    WrongState,
    locked_application,
    require_open,
    require_range,
    require_reason,
)
from kamerton.domain.hiring.actions.stages import Stage, advance
from kamerton.domain.hiring.models import Application, Calibration, Scorecard, TaskResult
from kamerton.domain.hiring.models.scorecards import revealed
from kamerton.domain.hiring.queries.marking import scorecard_codes
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed


class AlreadySubmitted(BusinessError):
    """A scorecard that was handed in is not changed."""


class MarksMissing(BusinessError):
    """The scorecard lacks marks, or grounds for them."""


class StillBlind(BusinessError):
    """Not all assessors have handed their marks in."""


@dataclass(frozen=True)
class GivenMark:
    """A mark from 1 to 5 and what it rests on."""

    mark: int
    evidence: str = ""


@transaction.atomic
def assign_assessors(
    actor: User, application: Application, *, assessors: Sequence[User]
) -> list[Scorecard]:
    """Name who marks a candidate; who has not begun may be taken off again.

    Raises NotAllowed, VacancyOver, Unfit.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    for person in assessors:
        if not person.may("hiring.assess") and not person.may(RECRUIT):
            raise Unfit(_("%(person)s does not assess candidates.") % {"person": person})
    wanted = {person.pk for person in assessors}
    idle = application.scorecards.filter(submitted_at=None, marks=None)
    idle.exclude(assessor__in=wanted).delete()
    there = set(application.scorecards.values_list("assessor_id", flat=True))
    for person in assessors:
        if person.pk not in there:
            there.add(person.pk)
            application.scorecards.create(assessor=person)
    record(actor, "hiring.assessors_named", application, after={"people": sorted(wanted)})
    return list(application.scorecards.all())


@transaction.atomic
def save_marks(
    actor: User, application: Application, *, marks: Mapping[str, GivenMark], conclusion: str = ""
) -> Scorecard:
    """Keep one's own marks while they are not handed in.

    Raises NotAllowed, AlreadySubmitted, Unfit.
    """
    card = _own_card(actor, application)
    known = scorecard_codes(card.application.vacancy)
    for code, given in marks.items():
        if code not in known or not 1 <= given.mark <= 5:
            raise Unfit(_("Marks are 1 to 5, for lines of this scorecard."))
        card.marks.update_or_create(
            code=code, defaults={"mark": given.mark, "evidence": given.evidence.strip()}
        )
    card.conclusion = conclusion.strip() or card.conclusion
    card.save(update_fields=["conclusion"])
    return card


@transaction.atomic
def submit_scorecard(actor: User, application: Application) -> Scorecard:
    """Hand one's marks in: all competencies, the three of culture fit, loyalty, with grounds.

    Raises NotAllowed, AlreadySubmitted, MarksMissing.
    """
    card = _own_card(actor, application)
    given = {mark.code: mark for mark in card.marks.all()}
    missing = [code for code in scorecard_codes(card.application.vacancy) if code not in given]
    if missing:
        raise MarksMissing(_("Not marked yet: %(codes)s.") % {"codes": ", ".join(missing)})
    bare = [code for code, mark in given.items() if mark.mark != 3 and not mark.evidence]
    if bare:
        raise MarksMissing(
            _("A mark other than the norm needs what was seen: %(codes)s.")
            % {"codes": ", ".join(sorted(bare))}
        )
    card.submitted_at = timezone.now()
    card.save(update_fields=["submitted_at"])
    record(actor, "hiring.scorecard_submitted", card.application)
    return card


@transaction.atomic
def calibrate(
    actor: User, application: Application, *, code: str, mark: int, note: str
) -> Calibration:
    """Write down the mark the assessors agreed on, and why.

    Raises NotAllowed, StillBlind, Unfit, ReasonMissing.
    """
    application = locked_application(actor, application)
    if not revealed().filter(application=application.pk).exists():
        raise StillBlind(_("Marks are compared when two assessors or more have all handed in."))
    if code not in scorecard_codes(application.vacancy) or not 1 <= mark <= 5:
        raise Unfit(_("Marks are 1 to 5, for lines of this scorecard."))
    made, _new = application.calibrations.update_or_create(
        code=code, defaults={"mark": mark, "note": require_reason(note), "by": actor}
    )
    record(actor, "hiring.calibrated", application, after={"code": code, "mark": mark})
    return made


@transaction.atomic
def record_result(
    actor: User,
    application: Application,
    *,
    task: str,
    points: Mapping[str, float],
    note: str = "",
) -> TaskResult:
    """Mark a business task by its rubric; the first result brings the candidate to "tested".

    Who is named assessor may do it too. Raises NotAllowed, VacancyOver, Unfit.
    """
    permission = RECRUIT if actor.may(RECRUIT) else "hiring.assess"
    application = locked_application(actor, application, permission)
    require_open(application.vacancy)
    score = _score(task, points)
    made, _new = application.results.update_or_create(
        task=task,
        defaults={
            "points": dict(points),
            "score": score,
            "note": note.strip(),
            "marked_by": actor,
            "marked_at": timezone.now(),
        },
    )
    if application.stage == Stage.SHOWED:
        advance(actor, application, Stage.TESTED)
    record(actor, "hiring.task_marked", application, after={"task": task, "score": score})
    return made


@transaction.atomic
def tag_five_years(
    actor: User, application: Application, *, tag: str, words: str = ""
) -> Application:
    """Tag the answer to "where do you see yourself in five years"; "owner" asks for caution.

    Who is named assessor may do it too. Raises NotAllowed, Unfit.
    """
    permission = RECRUIT if actor.may(RECRUIT) else "hiring.assess"
    application = locked_application(actor, application, permission)
    if tag not in Application.FiveYears.values:
        raise Unfit(_("Choose: a leader, an expert, an owner of a business, something else."))
    application.five_years, application.five_years_words = tag, words.strip()[:500]
    application.save(update_fields=["five_years", "five_years_words", "updated_at"])
    record(actor, "hiring.five_years_tagged", application, after=tag)
    return application


def _own_card(actor: User, application: Application) -> Scorecard:
    """Return the actor's own scorecard, locked, while it is open.

    Raises NotAllowed, AlreadySubmitted.
    """
    if not actor.may(RECRUIT):
        require(actor, "hiring.assess")
    found = Scorecard.objects.select_for_update(of=("self",)).filter(
        application=application.pk, assessor=actor
    )
    card = found.select_related("application__vacancy").first()
    if card is None:
        raise NotAllowed(_("You are not named an assessor of this candidate."))
    if card.submitted_at is not None:
        raise AlreadySubmitted(_("These marks were handed in: they are compared now, not changed."))
    if card.application.vacancy.is_over:
        raise WrongState(_("This vacancy is closed. Open a new one for a new search."))
    return card


def _score(task: str, points: Mapping[str, float]) -> float:
    """Return the points of a task as 0 to 100.

    Raises Unfit.
    """
    known = next((one for one in methodology.current().business_tasks if one.code == task), None)
    if known is None or set(points) != {item.code for item in known.rubric}:
        raise Unfit(_("Mark each line of the task's rubric."))
    for item in known.rubric:
        sentence = _("“%(line)s” takes 0 to %(most)g points.") % {
            "line": item.title,
            "most": item.points,
        }
        require_range(points[item.code], 0, item.points, sentence)
    return 100.0 * sum(points.values()) / known.most
