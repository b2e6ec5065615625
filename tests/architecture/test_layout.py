"""What import-linter and ruff do not see: names, places and sizes (docs/architecture.md)."""

import ast
import re

import pytest

from tests.architecture.source import (
    HOUSE,
    ROOT,
    below,
    first_parameter,
    folders,
    modules,
    public_functions,
)

FIVE = {"__init__", "apps", "models", "queries", "actions", "migrations"}
ALSO = {"ledger": {"reader", "store"}, "methodology": {"content"}}
DRAWERS = {"utils", "util", "common", "helpers", "helper", "core", "base", "misc", "shared", "lib"}
HEAVY = {"duckdb", "ibis", "numpy", "pandas", "pyarrow", "rapidfuzz", "scipy"}
OPTIONAL = {"pysqlite3"}  # not there on every machine
LONGEST = 400

LINK = "a candidate comes by his personal link: its secret says who he is"

# Actions that nobody signed in can begin. A new one needs a reason here.
WITHOUT_ACTOR = {
    "platform.access.actions.found_company": "the first visit: there is nobody yet",
    "platform.access.actions.accept_invitation": "the link says who comes",
    "platform.backup.actions.note_restore": "acts as the system, in what was just restored",
    "platform.backup.actions.restore_backup": "by the command line; there may be nobody yet",
    "domain.hiring.actions.give_consent": LINK,
    "domain.hiring.actions.save_draft": LINK,
    "domain.hiring.actions.submit_form": LINK,
    "domain.hiring.actions.confirm_place": LINK,
    "domain.hiring.actions.book_place": LINK,
    "domain.hiring.actions.decline_place": LINK,
    "domain.hiring.actions.take_consent_back": LINK,
    "domain.ledger.actions.prepare": "writes files that count for nothing until `publish`",
}

# Queries whose answer must not depend on who asks. A new one needs a reason here.
THE_COMPANY = "a fact of the whole company, for guards and calculations"
PURE = "arithmetic on what the caller has already"
SEEN = "the caller was given the clients or people by a query"
WITHOUT_VIEWER = {
    "platform.access.queries.system_user": "the account of scheduled work itself",
    "platform.access.queries.company": "asked before anybody is signed in",
    "platform.access.queries.open_invitation": "the secret of the link is the right to read it",
    "platform.access.queries.token_holder": "the secret of the token is the right to read it",
    "platform.access.queries.people_with_function": THE_COMPANY,
    "platform.access.queries.demo_people": "drawn on the sign-in page of a demo company",
    "platform.audit.queries.history_of": "whoever may see the record may read its history",
    "platform.audit.queries.midnight": PURE,
    "domain.methodology.queries.current": "the method is everybody's",
    "domain.methodology.queries.version": "the method is everybody's",
    "domain.methodology.queries.version_row": "the method is everybody's",
    "domain.activities.queries.last_contacts": SEEN,
    "domain.activities.queries.next_steps": SEEN,
    "domain.activities.queries.done_in_time": SEEN,
    "domain.activities.queries.done_of_origins": SEEN,
    "domain.activities.queries.open_of_origins": SEEN,
    "domain.activities.queries.last_contact_days": SEEN,
    "domain.ledger.queries.clients_in": PURE,
    "domain.ledger.queries.categories_in": PURE,
    "domain.ledger.queries.known_codes": THE_COMPANY,
    "domain.ledger.queries.closed_among": THE_COMPANY,
    "domain.ledger.queries.version": THE_COMPANY,
    "domain.ledger.queries.last_day": THE_COMPANY,
    "domain.ledger.queries.closed_year": THE_COMPANY,
    "domain.ledger.queries.published_as": THE_COMPANY,
    "domain.ledger.queries.live_segments": THE_COMPANY,
    "domain.ledger.queries.overlap": THE_COMPANY,
    "domain.ledger.queries.managers_by_name": THE_COMPANY,
    "domain.buying_centre.queries.cell_of": PURE,
    "domain.buying_centre.queries.figures_of": "the caller was given the clients by a query",
    "domain.dossier.queries.quality_of": "figures of clients that the caller was given by a query",
    "domain.dossier.queries.dossier_of": "the caller was given the client by a query",
    "domain.dossier.queries.method_of": "the method is everybody's",
    "domain.dossier.queries.groups_of": PURE,
    "domain.dossier.queries.asked_groups": PURE,
    "domain.dossier.queries.question_in": PURE,
    "domain.dossier.queries.questions_to_ask": PURE,
    "domain.dossier.queries.found_rows": PURE,
    "domain.dossier.queries.spoken": PURE,
    "domain.segmentation.queries.cap_of": PURE,
    "domain.segmentation.queries.capacity": THE_COMPANY,
    "domain.segmentation.queries.slots": "the caller was given the manager by a query",
    "domain.segmentation.queries.judged": PURE,
    "domain.segmentation.queries.gate_sentences": PURE,
    "domain.segmentation.queries.why_not_eligible": PURE,
    "domain.segmentation.queries.given_inputs": PURE,
    "domain.segmentation.queries.curve": PURE,
    "domain.segmentation.queries.limited": PURE,
    "domain.segmentation.queries.abc_xyz_of": PURE,
    "domain.segmentation.queries.base_in_force": THE_COMPANY,
    "domain.segmentation.queries.current_restatement": THE_COMPANY,
    "domain.plans.queries.plan_figures_of": THE_COMPANY,
    "domain.plans.queries.differences": PURE,
    "domain.accounts.queries.categories": THE_COMPANY,
    "domain.hiring.queries.form_by_token": LINK,
    "domain.hiring.queries.invitation_by_token": LINK,
    "domain.hiring.queries.questions_of": "the form was given by a query or by its link",
    "domain.hiring.queries.free_sessions": "the invitation was given by its link",
    "domain.hiring.queries.invitation_ics": "the invitation was given by its link",
    "domain.hiring.queries.scorecard_codes": "the method is everybody's",
    "domain.hiring.queries.language_name": PURE,
    "domain.hiring.queries.planned_hires": "the method is everybody's",
    "domain.hiring.queries.read_rows": PURE,
    "domain.hiring.queries.resume_key": PURE,
    "domain.hiring.queries.tidied": PURE,
    "domain.hiring.queries.stop_entry": "the caller was given the candidate by a query",
}


def names(folder):
    """What a folder of Python holds."""
    inside = [one for one in folder.iterdir() if not one.name.startswith(("_", "."))]
    return {one.stem for one in inside if one.suffix == ".py" or (one / "__init__.py").exists()}


@pytest.mark.parametrize("folder", folders("domain"), ids=lambda one: one.name)
def test_a_context_is_its_five_files(folder):
    assert names(folder) - FIVE - ALSO.get(folder.name, set()) == set()


def test_an_action_begins_with_its_actor():
    compare("actions", "actor", WITHOUT_ACTOR)


def test_a_query_begins_with_its_viewer():
    compare("queries", "viewer", WITHOUT_VIEWER)


def compare(kind, wanted, exempt):
    """Fail on a function without the parameter and without a reason, and on a stale reason."""
    found = {name: first_parameter(function) for name, function in public_functions(kind)}
    without = {name for name, first in found.items() if first != wanted}
    assert sorted(without - set(exempt)) == [], f"give {wanted} first, or a reason in this file"
    assert sorted(set(exempt) - without) == [], "these reasons are not needed any more"


def test_faces_leave_the_rows_to_queries_and_actions():
    managers = {"objects", "_default_manager", "_base_manager"}
    wrong = [
        f"{module}:{node.lineno}"
        for face in ("web", "api", "cli")
        for module in below(face)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in managers
    ]
    assert wrong == []


def test_no_file_is_too_long_to_be_read():
    long = {str(one): n for one in modules() if (n := len(one.text.splitlines())) > LONGEST}
    assert long == {}


def test_there_are_no_drawers():
    wrong = [
        str(path.relative_to(ROOT))
        for path in HOUSE.rglob("*")
        if path.stem in DRAWERS and (path.suffix == ".py" or (path / "__init__.py").exists())
    ]
    assert wrong == []


def test_every_module_says_what_belongs_in_it():
    silent = [str(one) for one in modules() if one.text.strip() and not ast.get_docstring(one.tree)]
    assert silent == []


def twins():
    """The folders that hold code, each with the folder where its tests live."""
    storeys = [HOUSE / name for name in ("calc", "flows", "api", "cli")]
    contexts = [one for storey in ("platform", "domain", "web") for one in folders(storey)]
    for folder in storeys + contexts:
        name = ".".join(folder.relative_to(HOUSE).parts)
        if not all(module.is_empty for module in below(name)):
            yield pytest.param(ROOT / "tests" / folder.relative_to(HOUSE), id=name)


@pytest.mark.parametrize("folder", list(twins()))
def test_a_folder_with_code_has_a_folder_of_tests(folder):
    assert list(folder.rglob("test_*.py")), f"write tests under {folder.relative_to(ROOT)}"


def test_there_are_no_signals():
    """A flow calls the actions in order: what happens is written where it happens."""
    wrong = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if re.match(
            r"(django\.dispatch|django\.\w+(\.\w+)*\.signals|allauth\..*signals)", imported(node)
        )
    ]
    assert wrong == []


def imported(node):
    """The module that an import statement takes from, "" for other statements."""
    if isinstance(node, ast.ImportFrom):
        return node.module or ""
    return node.names[0].name if isinstance(node, ast.Import) else ""


def test_imports_stand_at_the_top():
    """But for the heavy numeric packages and calc on top of them: a web worker stays small."""
    wrong = [
        f"{module}:{node.lineno} {imported(node)}"
        for module in modules()
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if not may_come_late(imported(node))
    ]
    assert wrong == []


def may_come_late(name):
    """True for what may be imported inside a function ("" is no import)."""
    top = name.partition(".")[0]
    return not name or top in HEAVY | OPTIONAL or name.startswith("kamerton.calc.")
