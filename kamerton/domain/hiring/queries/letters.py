"""The vacancy letter as it will be read: its blocks, the requirements in words, what is missing."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from kamerton.domain.hiring.models import Application, Letter, Requirement, Vacancy
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.hiring import Competency
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import company

LINK = "{link}"


@dataclass(frozen=True)
class RenderedBlock:
    """A block of the letter; `text` is empty where nothing is written yet."""

    code: str
    title: str
    text: str
    required: bool


@dataclass(frozen=True)
class RenderedLetter:
    """The letter in the vacancy's language; `missing`: required blocks without words."""

    subject: str
    blocks: tuple[RenderedBlock, ...]

    @property
    def missing(self) -> tuple[RenderedBlock, ...]:
        """Blocks without which it is not sent."""
        return tuple(block for block in self.blocks if block.required and not block.text)

    def body(self, link: str) -> str:
        """Return the whole text with the personal link at its end."""
        parts = [f"{block.title}\n{block.text}" for block in self.blocks if block.text]
        return "\n\n".join([*parts, link])


def rendered_letter(viewer: User, vacancy: Vacancy) -> RenderedLetter:
    """The letter of a vacancy; competencies become its requirements (2 queries)."""
    method = methodology.current()
    here = company()
    with override(vacancy.language):
        blocks = tuple(
            RenderedBlock(
                block.code,
                str(block.title),
                _text(viewer, vacancy, block.code, method),
                block.required,
            )
            for block in method.letter_blocks
        )
        name = f" — {here.name}" if here else ""
        return RenderedLetter(f"{vacancy.title}{name}", blocks)


def letter_log(viewer: User, vacancy: Vacancy) -> QuerySet[Letter]:
    """Vacancy letters that were sent or could not be, the newest first (1 query)."""
    seen = Application.objects.visible_to(viewer).filter(vacancy=vacancy)
    found = Letter.objects.filter(kind=Letter.Kind.VACANCY, application__in=seen)
    return found.select_related("application__candidate", "sent_by")


def _text(viewer: User, vacancy: Vacancy, code: str, method: Methodology) -> str:
    written = str(vacancy.letter.get(code, "")).strip()
    if code == "task" and not written and vacancy.mandate:
        return str(vacancy.get_mandate_display())
    if code != "requirements":
        return written
    listed = requirement_lines(viewer, vacancy, method)
    return "\n".join([*([written] if written else []), *listed])


def requirement_lines(
    viewer: User, vacancy: Vacancy, method: Methodology | None = None
) -> list[str]:
    """The requirements in words: must-haves, then wishes, then what comes later (1 query)."""
    del viewer
    known = {one.code: one for one in (method or methodology.current()).competencies}
    rows = list(vacancy.requirements.all())
    groups = (
        (_("Required"), [one for one in rows if one.need == "must" and one.horizon == "now"]),
        (_("Desirable"), [one for one in rows if one.need == "nice" and one.horizon == "now"]),
        (_("Needed later"), [one for one in rows if one.horizon == "future"]),
    )
    lines: list[str] = []
    for title, members in groups:
        if members:
            lines += [f"{title}:", *(f"— {_words(one, known)}" for one in members)]
    if vacancy.languages:
        spoken = [(language_name(one["code"]), one["cefr"]) for one in vacancy.languages]
        lines += [f"{_('Languages')}:", *(f"— {name}, {level}" for name, level in spoken)]
    return lines


def language_name(code: str) -> str:
    """A language by its code, in words; a code that nobody knows stays as it is."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _words(requirement: Requirement, known: dict[str, Competency]) -> str:
    competency = known.get(requirement.code)
    title = str(competency.title) if competency else ""
    return (
        f"{title}: {requirement.text}"
        if title and requirement.text
        else (title or requirement.text)
    )
