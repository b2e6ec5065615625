"""In which encoding a text is written, and the way from there to UTF-8."""

import codecs
import unicodedata
from pathlib import Path

from django.utils.translation import gettext as _

from .refusals import LedgerFileInvalid

CHUNK = 1 << 22
SAMPLE = 1 << 18
#: What a user may choose, and what is offered where another failed.
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"),
    *("mac-cyrillic", "iso8859-5", "cp1252", "iso8859-15"),
)
_SINGLE = ("cp1251", "koi8-r", "cp866", "cp1252", "mac-cyrillic", "iso8859-5")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OFTEN, _LESS = set("оеаинтсрвл"), set("кмдпуяыьгзбчй")


def guess_encoding(path: Path) -> str:
    """Return the encoding in which the text file is most likely written."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        for mark, name in _MARKS:
            if sample.startswith(mark):
                return name
        if wide := _wide(sample):
            return wide
        while sample.isascii() and (part := file.read(CHUNK)):
            sample = part if not part.isascii() else sample
    if _is_utf8(sample):
        return "utf-8"
    return max(_SINGLE, key=lambda name: _likeness(sample, name))


def _wide(sample: bytes) -> str | None:
    pairs = len(sample) // 2
    if not pairs or b"\0" not in sample:
        return None
    high = [sum(b in {0, 4} for b in sample[part::2]) / pairs for part in (0, 1)]
    if max(high) < 0.7:
        return None
    return "utf-16-le" if high[1] > high[0] else "utf-16-be"


def _is_utf8(sample: bytes) -> bool:
    """Accept a sample that is cut inside a letter at either end."""
    start = next((i for i, b in enumerate(sample[:4]) if b & 0xC0 != 0x80), 0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample[start:])
    except UnicodeDecodeError:
        return False
    return True


def _likeness(sample: bytes, encoding: str) -> float:
    """Weigh how much a text looks written by people when read in `encoding`."""
    text = sample[:65536].decode(encoding, errors="replace")
    score, before = 0.0, " "
    for letter in text:
        if not letter.isascii():
            score += _weight(letter, before)
        elif letter.isalpha() and not before.isascii() and _is_cyrillic(before):
            score -= 2
        before = letter
    return score + (0.5 if encoding == "cp1251" else 0)


def _weight(letter: str, before: str) -> float:
    if not _is_cyrillic(letter):
        return _other_weight(letter, before)
    if before.isascii() and before.isalpha():
        return -2
    if letter.isupper():
        return -3 if before.islower() and _is_cyrillic(before) else 1.2
    small = letter.casefold()
    return 3 if small in _OFTEN else 2 if small in _LESS else 1


def _other_weight(letter: str, before: str) -> float:
    if letter in "«»№–—“”’…\u00a0€₽":
        return 0.5
    if letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN"):
        return 1 if before.isascii() else -2
    return -3


def _is_cyrillic(letter: str) -> bool:
    return "А" <= letter <= "я" or letter in "Ёё"


def to_utf8(path: Path, encoding: str, target: Path) -> None:
    """Write the text anew in UTF-8, without its mark.

    Raises LedgerFileInvalid that names the first byte that does not fit.
    """
    decoder = _decoder(encoding)
    done = 0
    with path.open("rb") as source, target.open("w", encoding="utf-8", newline="") as plain:
        while True:
            part = source.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(part, final=not part)
            except UnicodeDecodeError as error:
                offset = done - held + error.start
                raise _unfit(encoding, offset, path) from error
            plain.write(text)
            done += len(part)
            if not part:
                return


def check_encoding(path: Path, encoding: str) -> None:
    """Read the whole text in its encoding; raise LedgerFileInvalid where it does not fit."""
    to_utf8(path, encoding, Path("/dev/null"))


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    if encoding not in ENCODINGS:
        raise LedgerFileInvalid(
            _("The encoding “%(name)s” is not known. Choose one of: %(known)s.")
            % {"name": encoding, "known": ", ".join(ENCODINGS)}
        )
    return codecs.getincrementaldecoder(encoding)()


def _unfit(encoding: str, offset: int, path: Path) -> LedgerFileInvalid:
    other = guess_encoding(path)
    if other == encoding:  # the start of the file fits, its rest does not
        with path.open("rb") as file:
            file.seek(max(offset - 64, 0))
            sample = file.read(SAMPLE)
        other = max(_SINGLE, key=lambda name: _likeness(sample, name))
    return LedgerFileInvalid(
        _("Byte %(offset)d of the file is not %(encoding)s. Try the encoding %(other)s.")
        % {"offset": offset, "encoding": encoding, "other": other}
    )
