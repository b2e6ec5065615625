"""Questions of a brief as fields: each is answered, or said to hold still, in one tap."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier import queries as dossier
from kamerton.domain.dossier.queries import DossierRow
from kamerton.flows.record_meeting import Learned, learn_at_meeting
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.web.activities.gate import activity_or_404
from kamerton.web.ui.asked import record_id


@dataclass(frozen=True)
class QuestionField:
    """A question that was to be asked; `said` is the answer until now, `seen` its id."""

    code: str
    text: str
    kind: str
    choices: tuple[str, ...]
    said: str
    seen: int
    is_learned: bool

    @property
    def input_type(self) -> str:
        """The kind of field for a short answer."""
        return "date" if self.kind == "date" else "text"


def question_fields(
    viewer: User, activity: Activity, asked: Iterable[dict[str, Any]]
) -> list[QuestionField]:
    """The questions of a brief as they stand; [] for who may not write answers."""
    wanted = list(asked)
    if not wanted or not viewer.may("dossier.edit"):
        return []
    rows = {row.code: row for row in dossier.dossier_sheet(viewer, activity.client).rows}
    return [_field(rows[one["code"]], activity) for one in wanted if one["code"] in rows]


def learned(request: Request, activity: Activity) -> list[Learned]:
    """The answers that came with the form of the outcome; empty fields say nothing."""
    asked = activity.brief.questions if activity.has_brief else []
    facts = []
    for one in asked:
        code = one["code"]
        value = request.POST.get(f"answer-{code}", "").strip()
        if value:
            heard_from = _person(request, activity)
            seen = record_id(request.POST.get(f"seen-{code}"))
            facts.append(Learned(code, value, heard_from, seen))
    return facts


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Write down one answer; the question is drawn anew."""
    activity = activity_or_404(request, pk)
    code = request.POST.get("code", "")
    value = request.POST.get("answer", "").strip()
    fact = Learned(code, value, _person(request, activity), record_id(request.POST.get("seen")))
    error = ""
    try:
        learn_at_meeting(request.user, activity, fact)
    except NotAllowed:
        raise
    except BusinessError as refusal:
        error = refusal.message
    found = question_fields(request.user, activity, [{"code": code}])
    context: dict[str, Any] = {
        "activity": activity,
        "question": found[0] if found else None,
        "people": activity.people.all(),
        "error": error,
        "typed": value if error else "",
    }
    status = 422 if error else 200
    return render(request, "activities/question.html", context, status=status)


def _field(row: DossierRow, activity: Activity) -> QuestionField:
    said = row.answer
    title = activity.title
    heard_here = said is not None and said.source_note == title and not row.is_stale
    return QuestionField(
        code=row.code,
        text=str(row.question.title),
        kind=row.question.kind,
        choices=tuple(str(choice) for choice in row.question.choices),
        said=said.text if said else "",
        seen=said.pk if said else 0,
        is_learned=heard_here and said is not None and said.source_on >= activity.due_on,
    )


def _person(request: Request, activity: Activity) -> ContactPerson | None:
    """Who said it: the one named, else the only one who was there."""
    people = list(activity.people.all())
    asked = record_id(request.POST.get("heard_from"))
    named = next((one for one in people if one.pk == asked), None)
    return named or (people[0] if len(people) == 1 else None)


def spoken_state(state: str) -> str:
    """Say why a question is asked."""
    words = {"missing": _("not known"), "stale": _("out of date"), "assumed": _("assumed")}
    return words.get(state, "")
