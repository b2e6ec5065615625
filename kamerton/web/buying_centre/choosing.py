"""“Help me choose”: a few questions about what is seen lead to influence, attitude, mode, roles."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kamerton.domain.buying_centre import queries
from kamerton.platform.access.request import Request
from kamerton.web.buying_centre.forms import MemberForm
from kamerton.web.buying_centre.gate import client_or_404

Words = str | Promise


@dataclass(frozen=True)
class Choice:
    """An answer and what it adds: points, or the value itself."""

    text: Words
    adds: float | str


@dataclass(frozen=True)
class Question:
    """A question about what one has seen, with its answers."""

    text: Words
    choices: tuple[Choice, ...]


YES, NO, OFTEN = _("yes"), _("no"), _("at times")

INFLUENCE = (
    Question(
        _("Whose word ends the choice of a supplier?"),
        (Choice(_("his own"), 3), Choice(_("theirs, but never against his"), 2),
         Choice(_("somebody else's"), 0)),
    ),
    Question(
        _("Can he stop a purchase alone?"), (Choice(YES, 2), Choice(OFTEN, 1), Choice(NO, 0))
    ),
    Question(
        _("Do others ask him before they decide?"),
        (Choice(YES, 1), Choice(OFTEN, 0.5), Choice(NO, 0)),
    ),
    Question(
        _("Whose opinion prevailed when they last disagreed?"),
        (Choice(_("his"), 1), Choice(_("not known"), 0.5), Choice(_("another's"), 0)),
    ),
)  # fmt: skip
ATTITUDE = (
    Question(
        _("What does he do for us without being asked?"),
        (Choice(_("speaks for us inside"), 2), Choice(_("tells what is going on"), 1),
         Choice(_("nothing"), 0), Choice(_("hinders, or speaks for another"), -2)),
    ),
    Question(
        _("When we need a meeting or a figure, he …"),
        (Choice(_("helps at once"), 1), Choice(_("answers when reminded"), 0),
         Choice(_("avoids us"), -1)),
    ),
    Question(
        _("What does he say of working with us?"),
        (Choice(_("good things, with reasons"), 1), Choice(_("nothing in particular"), 0),
         Choice(_("reproaches, doubts"), -1)),
    ),
)  # fmt: skip
MODE = (
    Question(
        _("How does he see the present state against what he wants?"),
        (Choice(_("wants more or better than he has"), "growth"),
         Choice(_("something broke or threatens: must be mended"), "trouble"),
         Choice(_("all as it should be, no reason to change"), "even_keel"),
         Choice(_("better than he needs, though we see the holes"), "overconfident")),
    ),
)  # fmt: skip
SCALES: dict[str, tuple[Question, ...]] = {
    "influence": INFLUENCE,
    "attitude": ATTITUDE,
    "response_mode": MODE,
}
DONE = (  # what he does in a purchase, and which role that is
    (_("Notices first that something is needed"), "initiator"),
    (_("Works with what is bought"), "user"),
    (_("His expert opinion is asked"), "influencer"),
    (_("Can say no by norms, quality or law"), "technical"),
    (_("Prepares the comparison and the short list"), "shaper"),
    (_("The money is his to give"), "economic"),
    (_("Chooses the supplier"), "decider"),
    (_("Signs what others chose, may send it back"), "approver"),
    (_("Runs the procedure, the terms, the papers"), "buyer"),
    (_("Lets us through to others, or does not"), "gatekeeper"),
    (_("Tells us how decisions are made here"), "coach"),
    (_("Promotes us inside, and is believed"), "champion"),
    (_("Works against us or for a competitor"), "blocker"),
    (_("Influences from outside: designs, advises, is the head office"), "external"),
)


@dataclass(frozen=True)
class Asked:
    """A question as it is drawn, with the answer that was given."""

    name: str
    question: Question
    answer: str


@require_safe
def page(request: Request, pk: int, scale: str) -> HttpResponse:
    """The questions of a scale; with answers also what they lead to, put into the field."""
    client = client_or_404(request, pk)
    if scale not in SCALES and scale != "roles":
        raise Http404
    centre = queries.centre(request.user, client)
    if centre is None:
        raise Http404
    form = MemberForm(centre=centre)
    known = {code for code, _title in form["roles"].field.choices}  # type: ignore[attr-defined]
    ticked = request.GET.getlist("help_roles")
    asked = [
        Asked(f"help_{scale}_{n}", question, request.GET.get(f"help_{scale}_{n}", ""))
        for n, question in enumerate(SCALES.get(scale, ()))
    ]
    found: object = [code for code in ticked if code in known]
    if scale != "roles":
        found = suggestion(scale, request.GET)
    is_found = found is not None and found != []
    if is_found:
        form = MemberForm(centre=centre, initial={scale: found})
    context = {
        "client": client,
        "scale": scale,
        "asked": asked,
        "done": [(text, code, code in ticked) for text, code in DONE if code in known],
        "field": form[scale] if is_found else None,
        "said": _said(form, scale, found) if is_found else "",
    }
    return render(request, "buying_centre/help.html", context)


def suggestion(scale: str, given: Mapping[str, str]) -> int | str | None:
    """Return the value that the answers lead to; None until all are answered.

    Influence is 1 to 5, attitude −2 to +2, both by points; a mode is the answer itself.
    """
    adds: list[float | str] = []
    for number, question in enumerate(SCALES[scale]):
        answer = given.get(f"help_{scale}_{number}", "")
        if not (answer.isascii() and answer.isdigit() and int(answer) < len(question.choices)):
            return None
        adds.append(question.choices[int(answer)].adds)
    if scale == "response_mode":
        return str(adds[0])
    points = sum(float(each) for each in adds)
    if scale == "influence":  # 0 to 7 points
        return 1 + min(4, int(points / 7 * 5))
    return max(-2, min(2, int(points / 2 + (0.5 if points > 0 else -0.5))))  # −4 to +4


def _said(form: forms.Form, scale: str, found: object) -> str:
    """The value in words."""
    chosen = {str(each) for each in (found if isinstance(found, list) else [found])}
    choices = form.fields[scale].choices  # type: ignore[attr-defined]
    return "; ".join(str(label) for value, label in choices if str(value) in chosen and str(value))
