"""The sources of the house, read once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "kamerton"
TEMPLATES = HOUSE / "web" / "templates"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file of the house."""

    path: Path

    @property
    def name(self) -> str:
        """The dotted name below kamerton: platform.access.actions.people."""
        parts = self.path.relative_to(HOUSE).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def functions(self) -> list[Function]:
        """The functions of the module's top level."""
        return [node for node in self.tree.body if isinstance(node, Function)]

    @property
    def is_empty(self) -> bool:
        """True for a module that defines nothing yet."""
        made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return not any(isinstance(node, made) for node in ast.walk(self.tree))

    @property
    def exported(self) -> set[str]:
        """What a package takes from its modules to show under its own name."""
        taken = [node for node in self.tree.body if isinstance(node, ast.ImportFrom)]
        own = [node for node in taken if (node.module or "").startswith(f"kamerton.{self.name}.")]
        return {alias.asname or alias.name for node in own for alias in node.names}

    def __str__(self) -> str:
        return self.name


@cache
def modules() -> list[Module]:
    """All of them but migrations, whose text Django writes."""
    found = sorted(HOUSE.rglob("*.py"))
    return [Module(path) for path in found if "migrations" not in path.parts]


def below(name: str) -> list[Module]:
    """The module or package of this name with all that is in it."""
    return [one for one in modules() if one.name == name or one.name.startswith(f"{name}.")]


def folders(storey: str) -> list[Path]:
    """The contexts of a storey."""
    return sorted(path.parent for path in (HOUSE / storey).glob("*/__init__.py"))


def public_functions(kind: str) -> Iterator[tuple[str, Function]]:
    """Yield ("platform.access.actions.invite", its tree) for what contexts offer under `kind`.

    A module offers its functions without an underscore; a package those that it takes from its
    modules.
    """
    for storey in ("platform", "domain"):
        for folder in folders(storey):
            name = f"{storey}.{folder.name}.{kind}"
            family = below(name)
            offered = {one for module in family if module.is_package for one in module.exported}
            for module in family:
                for function in module.functions:
                    alone = len(family) == 1 and not function.name.startswith("_")
                    if alone or function.name in offered:
                        yield f"{name}.{function.name}", function


def first_parameter(function: Function) -> str:
    """The name of the first parameter, "" where there is none."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return every[0].arg if every else ""
