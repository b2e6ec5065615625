"""Every example in a docstring of the calculation storey is run; nothing needs Django."""

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from types import ModuleType

import pytest

import kamerton.calc
from kamerton.calc import definitions

MODULES = sorted(
    found.name for found in pkgutil.walk_packages(kamerton.calc.__path__, "kamerton.calc.")
)


def public_functions(module: ModuleType) -> list[tuple[str, object]]:
    return [
        (name, value)
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_shows_an_example(name: str) -> None:
    module = importlib.import_module(name)
    bare = [n for n, f in public_functions(module) if ">>>" not in (inspect.getdoc(f) or "")]
    assert bare == []


@pytest.mark.parametrize("name", ["kamerton.calc", *MODULES])
def test_the_first_line_says_what_the_module_is_made_of(name: str) -> None:
    doc = importlib.import_module(name).__doc__ or ""
    assert re.match(r"(Ibis|NumPy|Plain): .", doc)


def test_nothing_heavy_is_loaded_and_django_is_not_needed() -> None:
    code = f"""
import importlib, sys
sys.modules["django"] = None  # any import of it fails
for name in {MODULES!r}:
    importlib.import_module(name)
heavy = {{"ibis", "duckdb", "pyarrow", "pandas", "scipy"}} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_definitions_have_unique_names() -> None:
    names = [definition.name for definition in definitions.all_definitions()]
    assert len(names) > 10
    assert len(set(names)) == len(names)
