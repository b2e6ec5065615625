"""Every code that an action writes into the journal has a title, and no title is left over."""

import ast

from kamerton.platform.access.roles import PERMISSIONS
from kamerton.web.ui.events import AUDIT_TITLES, KIND_TITLES
from tests.architecture.source import Module, modules

RIGHTS = frozenset().union(*PERMISSIONS.values())


def records(module: Module) -> list[ast.expr]:
    """What a module gives to `record(actor, code, …)` as the code."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "record"]
    return [given[1] for call in named if len(given := unpacked(call.args)) > 1]


def unpacked(args: list[ast.expr]) -> list[ast.expr]:
    """The arguments of a call, with those of `*(…)` in their place."""
    found: list[ast.expr] = []
    for one in args:
        spread = isinstance(one, ast.Starred) and isinstance(one.value, ast.Tuple)
        found += one.value.elts if spread else [one]
    return found


def words(module: Module) -> set[str]:
    """Strings of a module that look like codes of its own context and are no rights."""
    parts = module.name.split(".")
    own = f"{parts[1]}." if len(parts) > 1 else ""
    found = {
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {one for one in found if own and one.startswith(own) and looks_like(one)} - RIGHTS


def looks_like(text: str) -> bool:
    context, _dot, event = text.partition(".")
    return bool(event) and (context + event).replace("_", "").isalpha() and text.islower()


def recorded() -> tuple[set[str], set[str]]:
    """Codes written out, and beginnings of those that are put together with a state."""
    codes: set[str] = set()
    begun: set[str] = set()
    for module in modules():
        for code in records(module):
            if isinstance(code, ast.Constant):
                codes.add(str(code.value))
            elif isinstance(code, ast.JoinedStr) and isinstance(code.values[0], ast.Constant):
                begun.add(str(code.values[0].value))
            else:  # handed on by a function of the module: the codes stand there
                codes |= words(module)
    return codes, begun


def test_every_event_of_the_journal_has_a_title():
    codes, begun = recorded()
    assert len(codes) > 100
    assert sorted(codes - set(AUDIT_TITLES)) == [], "add these to kamerton/web/ui/events.py"
    without = [one for one in begun if not any(code.startswith(one) for code in AUDIT_TITLES)]
    assert without == []
    kinds = {code.partition(".")[0] for code in codes}
    assert sorted(kinds - set(KIND_TITLES)) == []


def test_no_title_is_left_over():
    codes, begun = recorded()
    known = {one for one in AUDIT_TITLES if any(one.startswith(start) for start in begun)} | codes
    assert sorted(set(AUDIT_TITLES) - known) == []


def test_titles_are_told_apart():
    titles = [str(one) for one in AUDIT_TITLES.values()]
    assert sorted({one for one in titles if titles.count(one) > 1}) == []
