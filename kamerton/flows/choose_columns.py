"""Which column of a file is what: guessed, taken from a learned profile, or said by a person."""

from dataclasses import dataclass, replace

from kamerton.domain.ledger import actions, queries, reader
from kamerton.domain.ledger.actions.imports import heads_digest
from kamerton.domain.ledger.models import ImportProfile, LedgerImport
from kamerton.domain.ledger.reader.mapping import check_mapping
from kamerton.flows.import_ledger import source_of
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class Forced:
    """How a person says that a file is to be looked at; None = as it seems."""

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def anything(self) -> bool:
        """True if something is said at all."""
        return any(value is not None for value in vars(self).values())


@dataclass(frozen=True)
class Look:
    """A file as the reader sees it, the layout to begin with, profiles learned from such files."""

    preview: reader.Preview
    mapping: reader.Mapping
    profile: ImportProfile | None
    profiles: tuple[ImportProfile, ...]

    @property
    def heads(self) -> list[str]:
        """The titles, by which files of one kind are known again."""
        return [column.title for column in self.preview.columns]


NOTHING = Forced()


def look_at(
    viewer: User, ledger_import: LedgerImport, *, forced: Forced = NOTHING, profile: str = ""
) -> Look:
    """Look at a file; begin with what was said of it, else with a profile, else with a guess.

    `profile` is the name of one to take, "-" for none. Raises LedgerFileInvalid.
    """
    saved = ledger_import.mapping
    if saved and not forced.anything and not profile:
        said = reader.Mapping.from_json(saved)
        forced = Forced(said.sheet or None, said.header_row, said.encoding, said.delimiter)
        preview = _preview(ledger_import, forced)
        return Look(preview, said, None, _fitting(viewer, preview))
    preview = _preview(ledger_import, forced)
    fitting = _fitting(viewer, preview)
    chosen = None if profile == "-" or forced.anything else _chosen(fitting, profile)
    mapping = reader.Mapping.from_json(chosen.mapping) if chosen else preview.mapping
    if chosen:  # the same columns may come in another encoding
        seen = preview.mapping
        mapping = replace(mapping, encoding=seen.encoding, delimiter=seen.delimiter)
        mapping = replace(mapping, sheet=seen.sheet, header_row=seen.header_row)
    return Look(preview, mapping, chosen, fitting)


def choose_columns(
    actor: User,
    ledger_import: LedgerImport,
    mapping: reader.Mapping,
    *,
    heads: list[str],
    profile: str = "",
) -> LedgerImport:
    """Say which column is what; with a name, learn it for files with the same titles.

    Raises NotAllowed, NotReady, LedgerFileInvalid.
    """
    check_mapping(mapping)
    return actions.choose_mapping(
        actor, ledger_import, mapping=mapping.to_json(), heads=heads, profile=profile
    )


def _preview(ledger_import: LedgerImport, forced: Forced) -> reader.Preview:
    return reader.preview(source_of(ledger_import), name=ledger_import.name, **vars(forced))


def _fitting(viewer: User, preview: reader.Preview) -> tuple[ImportProfile, ...]:
    heads = heads_digest([column.title for column in preview.columns])
    return tuple(queries.profiles(viewer).filter(heads=heads).order_by("-updated_at"))


def _chosen(fitting: tuple[ImportProfile, ...], name: str) -> ImportProfile | None:
    named = [profile for profile in fitting if not name or profile.name == name]
    return named[0] if named else None
