"""What is read of what we know."""

from kamerton.domain.dossier.queries.asked import (
    Groups,
    asked_groups,
    dossier_of,
    groups_of,
    method_of,
    question_in,
)
from kamerton.domain.dossier.queries.briefs import questions_to_ask, snapshot_for_brief
from kamerton.domain.dossier.queries.computed import Computed, Line, computed_answers
from kamerton.domain.dossier.queries.figures import DossierFigures, quality_of
from kamerton.domain.dossier.queries.imports import (
    FoundClients,
    dossier_imports,
    named_clients,
)
from kamerton.domain.dossier.queries.sheet import (
    ORIGIN,
    TO_CHECK,
    DossierPart,
    DossierRow,
    DossierSheet,
    Measures,
    answer_of,
    dossier_sheet,
    file,
    files,
    found_rows,
    history,
    insight,
    insights,
)
from kamerton.domain.dossier.queries.words import spoken

__all__ = [
    "ORIGIN",
    "TO_CHECK",
    "Computed",
    "DossierFigures",
    "DossierPart",
    "DossierRow",
    "DossierSheet",
    "FoundClients",
    "Groups",
    "Line",
    "Measures",
    "answer_of",
    "asked_groups",
    "computed_answers",
    "dossier_imports",
    "dossier_of",
    "dossier_sheet",
    "file",
    "files",
    "found_rows",
    "groups_of",
    "history",
    "insight",
    "insights",
    "method_of",
    "named_clients",
    "quality_of",
    "question_in",
    "questions_to_ask",
    "snapshot_for_brief",
    "spoken",
]
