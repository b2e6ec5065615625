"""Plain: the sections of a perspective plan."""

from dataclasses import dataclass

from kamerton.domain.methodology.content.texts import Text


@dataclass(frozen=True)
class PlanSection:
    """A section of the plan with a word of help; `shown` False: the company does without it."""

    code: str
    title: Text
    help: Text
    shown: bool = True
