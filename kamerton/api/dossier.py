"""What we know of a client: read it, answer, see the history, conclude."""

from typing import Annotated, Any

from django.http import Http404
from ninja import Path, Router, Status

from kamerton.api import dossier_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404
from kamerton.api.problems import PROBLEMS
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.actions import Said
from kamerton.domain.methodology import queries as methodology
from kamerton.flows import check_assumption as flow
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

dossier = Router(tags=["dossiers"])
Id = Path[Pk]
Code = Annotated[str, Path(max_length=40, pattern=r"^[\w.\-]+$")]
SEE = "dossier.view"


@dossier.get("/{pk}/dossier", response={200: bodies.DossierOut, **PROBLEMS}, summary="The dossier")
def get_dossier(request: Request, pk: Id) -> dict[str, Any]:
    """Read all questions of a client with their answers, sources and figures."""
    client = _client(request.user, pk)
    sheet = queries.dossier_sheet(request.user, client, compute=None)
    return bodies.dossier_out(sheet, queries.insights(request.user, client))


@dossier.get(
    "/{pk}/dossier/answers/{code}",
    response={200: list[bodies.DossierAnswerOut], **PROBLEMS},
    summary="History of an answer",
)
def list_answers(request: Request, pk: Id, code: Code) -> list[dict[str, Any]]:
    """List every answer that was ever given to a question, the latest first."""
    client = _client(request.user, pk)
    return [bodies.answer_out(one) for one in queries.history(request.user, client, code)]


@dossier.post(
    "/{pk}/dossier/answers/{code}",
    response={201: bodies.DossierAnswerOut, **PROBLEMS},
    summary="Answer a question",
)
def answer_question(
    request: Request, pk: Id, code: Code, body: bodies.DossierAnswerIn
) -> Status[dict[str, Any]]:
    """Answer a question; the answer until now stays in the history.

    An assumption becomes a task to check it, a better answer does that task.
    """
    client = _client(request.user, pk)
    said = Said(
        value=body.value,
        source=body.source,
        source_on=body.source_on,
        source_contact=_contact(request.user, client, body.source_contact_id),
        source_note=body.source_note,
    )
    made = flow.answer_and_check(request.user, client, code, said=said, expected=body.seen)
    return Status(201, bodies.answer_out(made))


@dossier.post(
    "/{pk}/dossier/answers/{code}/pass",
    response={201: bodies.DossierAnswerOut, **PROBLEMS},
    summary="Leave a question out",
)
def pass_over_question(
    request: Request, pk: Id, code: Code, body: bodies.DossierPassIn
) -> Status[dict[str, Any]]:
    """Say why a question does not concern the client; it no longer counts."""
    client = _client(request.user, pk)
    made = flow.pass_over_and_close(
        request.user, client, code, reason=body.reason, expected=body.seen
    )
    return Status(201, bodies.answer_out(made))


@dossier.post(
    "/{pk}/dossier/answers/{code}/withdraw",
    response={200: bodies.DossierAnswerOut, **PROBLEMS},
    summary="Take an answer back",
)
def withdraw_answer(
    request: Request, pk: Id, code: Code, body: bodies.DossierPassIn
) -> dict[str, Any]:
    """Open a question again; the answer stays in the history."""
    client = _client(request.user, pk)
    gone = actions.withdraw_answer(
        request.user, client, code, reason=body.reason, expected=body.seen
    )
    return bodies.answer_out(gone)


@dossier.post(
    "/{pk}/dossier/insights",
    response={201: bodies.DossierInsightOut, **PROBLEMS},
    summary="Write down an insight",
)
def add_insight(request: Request, pk: Id, body: bodies.DossierInsightIn) -> Status[dict[str, Any]]:
    """Write down what follows from answers."""
    client = _client(request.user, pk)
    made = actions.add_insight(request.user, client, text=body.text, based_on=body.based_on)
    return Status(201, bodies.insight_out(made))


def _client(viewer: User, pk: int) -> Client:
    """The client, if the viewer may see its dossier and the company keeps dossiers."""
    found = client_or_404(viewer, pk)
    if not methodology.current().tools.dossier:
        raise Http404
    require(viewer, SEE)
    return found


def _contact(viewer: User, client: Client, pk: int | None) -> ContactPerson | None:
    if pk is None:
        return None
    found = accounts.contacts(viewer, client, archived=True).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
