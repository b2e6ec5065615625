"""What goes in and out about dossiers."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Day, Moment, Ref
from kamerton.domain.dossier.models import DossierAnswer, InsightNote
from kamerton.domain.dossier.queries import DossierFigures, DossierRow, DossierSheet, Line

Share = Annotated[float | None, Field(description="0 to 1; null is no data")]
SourceCode = Literal["document", "client_said", "public", "observed", "third_party", "assumption"]
Words = Annotated[str, Field(min_length=1, max_length=20_000, pattern=PLAIN)]
Reason = Annotated[str, Field(min_length=1, max_length=1_000, pattern=PLAIN)]
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=PLAIN)]
Seen = Annotated[
    int | None,
    Field(
        None,
        ge=0,
        strict=True,
        description="Id of the answer that you saw, 0 for none: 409 if there is another by now",
    ),
]


class DossierFiguresOut(Schema):
    """How far the client is known."""

    completeness: Share
    freshness: Share
    quality: Share
    answered: int
    asked: int
    stale: int
    assumed: int
    missing_required: int
    state: str = Field(description="none, draft, working, complete or stale")
    colour: str = Field(description="ok, warn, bad or mute")


class DossierAnswerOut(Schema):
    """An answer with its source; `value` in the shape of the question's kind, money in kopecks."""

    id: int
    value: Any
    text: str
    is_applicable: bool
    source: SourceCode
    source_contact: str | None
    source_note: str
    source_on: dt.date
    confidence: float
    expires_on: dt.date
    is_current: bool
    author: PersonRef
    written_at: Moment
    withdrawn_at: Moment | None


class DossierLineOut(Schema):
    """A line of an answer that records give; money in kopecks, shares as fractions."""

    label: str
    kind: str
    value: int | float | str | dt.date | None


class DossierQuestionOut(Schema):
    """A question with what answers it."""

    code: str
    title: str
    kind: str
    weight: int
    ttl_months: int
    required: bool
    computed: bool
    known_by: str = Field(description="Code of the buying role that may know")
    unit: str
    choices: list[str]
    state: str = Field(
        description="fresh, stale, assumed, missing, passed_over, computed or no_data"
    )
    freshness: float
    citations: int
    answer: DossierAnswerOut | None
    records: list[DossierLineOut]


class DossierGroupOut(Schema):
    """A group of questions with its own figures."""

    code: str
    title: str
    figures: DossierFiguresOut
    questions: list[DossierQuestionOut]


class DossierInsightOut(Schema):
    """What was concluded, and from which answers."""

    id: int
    text: str
    based_on: list[str] = Field(description="Codes of questions")
    author: PersonRef
    written_at: Moment
    citations: int


class DossierOut(Schema):
    """The whole dossier of a client."""

    client_id: int
    method_version: int
    newest_version: int
    packs: list[str]
    is_required: bool
    figures: DossierFiguresOut
    cited: int
    groups: list[DossierGroupOut]
    insights: list[DossierInsightOut]


class DossierAnswerIn(Body):
    """An answer as a person gives it: text of the question's kind."""

    value: Words
    source: SourceCode
    source_on: Day | None = Field(None, description="The day on which it was true; else today")
    source_contact_id: Ref | None = None
    source_note: Annotated[str, Field(max_length=300, pattern=PLAIN)] = ""
    seen: Seen = None


class DossierPassIn(Body):
    """Why a question does not concern the client."""

    reason: Reason
    seen: Seen = None


class DossierInsightIn(Body):
    """An insight, and the questions whose answers it rests on."""

    text: Annotated[str, Field(min_length=1, max_length=4_000, pattern=PLAIN)]
    based_on: Annotated[list[Code], Field(max_length=100)] = []


def dossier_out(sheet: DossierSheet, notes: list[InsightNote]) -> dict[str, Any]:
    """A dossier as JSON."""
    return {
        "client_id": sheet.client.pk,
        "method_version": sheet.method.version,
        "newest_version": sheet.newest,
        "packs": sheet.dossier.packs if sheet.dossier else [],
        "is_required": sheet.is_required,
        "figures": figures_out(sheet.figures),
        "cited": sheet.measures.cited,
        "groups": [
            {
                "code": part.group.code,
                "title": str(part.group.title),
                "figures": figures_out(part.figures),
                "questions": [question_out(row) for row in part.rows],
            }
            for part in sheet.parts
        ],
        "insights": [insight_out(note) for note in notes],
    }


def figures_out(figures: DossierFigures) -> dict[str, Any]:
    """Figures as JSON."""
    return dict(vars(figures))


def question_out(row: DossierRow) -> dict[str, Any]:
    """A question as JSON."""
    question = row.question
    plain = ("code", "kind", "weight", "ttl_months", "required", "computed", "known_by", "unit")
    return {name: getattr(question, name) for name in plain} | {
        "title": str(question.title),
        "choices": [str(choice) for choice in question.choices],
        "state": row.state,
        "freshness": row.freshness,
        "citations": row.citations,
        "answer": answer_out(row.answer) if row.answer else None,
        "records": [_line_out(line) for line in row.computed.lines] if row.computed else [],
    }


def answer_out(answer: DossierAnswer) -> dict[str, Any]:
    """An answer as JSON."""
    contact = answer.source_contact
    return {
        "id": answer.pk,
        "value": answer.data,
        "text": answer.text,
        "is_applicable": answer.is_applicable,
        "source": answer.source,
        "source_contact": contact.full_name if contact else None,
        "source_note": answer.source_note,
        "source_on": answer.source_on,
        "confidence": answer.confidence,
        "expires_on": answer.expires_on,
        "is_current": answer.is_current,
        "author": answer.author,
        "written_at": answer.created_at,
        "withdrawn_at": answer.withdrawn_at,
    }


def insight_out(note: InsightNote) -> dict[str, Any]:
    """An insight as JSON."""
    return {
        "id": note.pk,
        "text": note.text,
        "based_on": [answer.question for answer in note.based_on.all()],
        "author": note.author,
        "written_at": note.created_at,
        "citations": len(note.citations.all()),
    }


def _line_out(line: Line) -> dict[str, Any]:
    return {"label": str(line.label), "kind": line.kind, "value": line.value}
