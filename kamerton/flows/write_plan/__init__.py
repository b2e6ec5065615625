"""A perspective plan as a document: PDF, slides, text; each tells what the page shows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.utils.text import slugify
from django.utils.translation import get_language

from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.flows.write_plan import pdf
from kamerton.flows.write_plan.told import ToldPlan, told
from kamerton.platform.access.models import User

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class PlanDocument:
    """A document ready to be sent."""

    name: str
    content: bytes
    content_type: str


def write_plan(viewer: User, plan: PerspectivePlan, *, kind: str, today: dt.date) -> PlanDocument:
    """Write `plan` as a document of `kind` (see TYPES) in the language of the moment.

    Raises KeyError for another kind.
    """
    content_type = TYPES[kind]
    said = told(queries.plan_on_a_page(viewer, plan), today=today)
    name = slugify(f"{said.title} {today:%Y-%m-%d}", allow_unicode=True)
    return PlanDocument(f"{name}.{kind}", _written(said, kind), content_type)


def _written(said: ToldPlan, kind: str) -> bytes:
    if kind == "pdf":
        return pdf.write(said, language=(get_language() or "ru")[:2])
    return _office_writer(kind)(said)


def _office_writer(kind: str) -> Callable[[ToldPlan], bytes]:
    """Load the writer when it is first asked for: its library takes a fifth of a second."""
    writer = import_module(f"kamerton.flows.write_plan.{kind}")
    write: Callable[[ToldPlan], bytes] = writer.write
    return write
