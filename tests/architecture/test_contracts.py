"""The import contracts of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_the_storeys_and_contexts_import_downwards_only():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :]


def test_every_context_of_pages_has_its_place_in_the_contract():
    """`exhaustive` refuses a new context without a place; this refuses the word's removal."""
    text = (ROOT / "pyproject.toml").read_text()
    layered = text.count('type = "layers"')
    assert layered >= 4
    assert text.count("exhaustive = true") >= layered - 1  # the storeys name their layers by hand
    assert "ignore_imports" not in text
