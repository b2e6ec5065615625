"""Are all words translated? Collects them anew and names what Russian lacks: `make check`."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
RUSSIAN = ROOT / "kamerton" / "locale" / "ru" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def collected() -> Catalog:
    """Collect the words of code and templates, with the translations there are."""
    kept = RUSSIAN.read_bytes()
    try:
        subprocess.run(
            [
                *(sys.executable, str(ROOT / "manage.py"), "makemessages", "-l", "ru"),
                *("--no-location", "--no-wrap", "--no-obsolete", "-v", "0"),
            ],
            check=True,
            cwd=ROOT / "kamerton",
        )
        with RUSSIAN.open("rb") as file:
            return read_po(file, locale="ru")
    finally:
        RUSSIAN.write_bytes(kept)


def troubles(catalog: Catalog) -> list[str]:
    """Name each message that is missing, uncertain, or lost a placeholder."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        if message.fuzzy:
            found.append(f"uncertain: {name}")
        elif not all(forms):
            found.append(f"missing: {name}")
        elif any(lost(name, form) for form in forms[-1:]):
            found.append(f"lost a placeholder: {name}")
    return found


def lost(source: str, translated: str) -> set[str]:
    """The named placeholders of `source` that `translated` does not have."""
    names = {found[1] for found in PLACEHOLDER.finditer(source) if found[1]}
    return names - {found[1] for found in PLACEHOLDER.finditer(translated)}


if __name__ == "__main__":
    problems = troubles(collected())
    for problem in problems:
        print(problem)
    print(f"{len(problems)} messages to mend" if problems else "All words are translated.")
    sys.exit(bool(problems))
