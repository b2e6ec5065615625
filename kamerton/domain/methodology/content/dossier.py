"""Plain: what a dossier asks; groups and packs as shipped stand in dossier_groups."""

from dataclasses import dataclass
from typing import Any

from kamerton.domain.methodology.content.texts import Text

KINDS = (
    "text", "number", "money", "percent", "date", "choice", "multi", "person", "file", "table",
)  # fmt: skip
CHOOSING = ("choice", "multi")


@dataclass(frozen=True)
class DossierQuestion:
    """A question: how it is answered, how much it weighs (1–3) and how long an answer lasts.

    `required`: asked of every key account. `computed`: answered from the ledger and the cards.
    `known_by`: code of the buying role that may know. `choices` for the kinds choice and multi.
    """

    code: str
    title: Text
    kind: str = "text"
    weight: int = 2
    ttl_months: int = 12
    required: bool = False
    computed: bool = False
    known_by: str = ""
    unit: str = ""
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True)
class DossierGroup:
    """Questions that belong together; its title is the name of its folder.

    `unasked`: questions switched off; their answers stay in the history and keep their words.
    """

    code: str
    title: Text
    questions: tuple[DossierQuestion, ...]
    pack: str = ""  # code of the industry pack it comes with; empty: asked of all
    unasked: tuple[DossierQuestion, ...] = ()


def asked(code: str, ru: str, en: str, kind: str = "text", **rest: Any) -> DossierQuestion:
    """Make a question of its words in two languages; `rest` as in DossierQuestion."""
    return DossierQuestion(code, Text(ru, en), kind, **rest)


def either(*pairs: tuple[str, str]) -> tuple[Text, ...]:
    """Make choices of pairs (Russian, English)."""
    return tuple(Text(ru, en) for ru, en in pairs)
