"""Answers as they are said: money with its sign, choices in the reader's language."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from kamerton.domain.dossier.models import DossierAnswer
from kamerton.domain.dossier.models.values import shown_choice
from kamerton.domain.methodology.content.dossier import DossierQuestion
from kamerton.platform import formats


def spoken(question: DossierQuestion, answer: DossierAnswer) -> str:
    """An answer in one text, in the reader's language (no query)."""
    said = SAID.get(question.kind) if answer.is_applicable else None
    try:
        return said(question, answer.data) if said and answer.data is not None else answer.text
    except (TypeError, ValueError):  # the method has changed the kind of the question since
        return answer.text


def _number(question: DossierQuestion, data: Any) -> str:
    unit = f"{formats.SPACE}{question.unit}" if question.unit else ""
    return f"{formats.number(data)}{unit}"


SAID: Mapping[str, Callable[[DossierQuestion, Any], str]] = {
    "multi": lambda question, data: "; ".join(str(shown_choice(question, one)) for one in data),
    "choice": lambda question, data: str(shown_choice(question, data)),
    "money": lambda question, data: formats.money(data),
    "date": lambda question, data: formats.day(dt.date.fromisoformat(data)),
    "percent": lambda question, data: formats.percent(data / 100, 0 if data == round(data) else 1),
    "number": _number,
}
