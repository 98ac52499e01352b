"""The physical lines of a text file, as a stream: of a line of any length little is held, and what is not text in the
file's encoding spoils its own line only.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from vacatur.errors import InputError
from vacatur.screen.files.rows import LONG_ROW, MOST_RATIO, MOST_ROW, MOST_TEXT, SMALL, Fault, too_packed

CHUNK = 1 << 18

Line = tuple[int, str, Fault | None]
"""Number, counted from 1; text with its line end; what is wrong with it."""

_END = re.compile(r"\r?\n|\r(?!\Z)")
_MARKS = re.compile("[\udc00-\udcff]")
_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# Codecs of Python's that are not ways of writing a file down.
_NO_ENCODINGS = frozenset(["idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"])
_NUL = Fault("it holds NUL bytes", "Export it again; it was cut off while being written, or is in UTF-16")


def _mark(bad: UnicodeError) -> tuple[str, int]:
    """Stands in for each byte that is not text by a lone surrogate, which no encoding yields."""
    assert isinstance(bad, UnicodeDecodeError)
    return "".join(chr(0xDC00 + byte) for byte in bad.object[bad.start : bad.end]), bad.end


codecs.register_error("vacatur.mark", _mark)


class Bytes:
    """A file's bytes from first to last, unpacked where `packed` (gzip); `size` and `at` count them as they lie on
    disk, `head` is how they begin. Raises `InputError` for a file that cannot be read.
    """

    def __init__(self, path: Path, *, packed: bool) -> None:
        self.where = str(path)
        try:
            self._file = path.open("rb")
            self.size = path.stat().st_size if path.is_file() else 0
        except (OSError, ValueError) as bad:
            raise unreadable(self.where, bad) from bad
        self.at = self._given = 0
        self._stream: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=self._file) if packed else self._file
        self._packed = packed
        try:
            self.head = self._read()
        except InputError:
            self.close()
            raise
        self._ahead: bytes | None = self.head

    def skip(self, count: int) -> None:
        """Leaves out the first bytes; before anything is read."""
        self._ahead = self.head[count:]

    def read(self) -> bytes:
        """The next bytes; none at the end."""
        ahead, self._ahead = self._ahead, None
        return ahead or self._read()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _read(self) -> bytes:
        try:
            raw = self._stream.read(CHUNK)
        except (OSError, EOFError, zlib.error) as bad:
            raise unreadable(self.where, bad) from bad
        self._given += len(raw)
        self.at = self._file.tell() if self._packed else self._given
        if self._packed and self._given > max(SMALL, self.at * MOST_RATIO):
            raise too_packed(self.where)
        return raw


def unreadable(where: str, bad: Exception) -> InputError:
    """The error for a file that the system, or the unpacking, does not give."""
    why = bad.strerror if isinstance(bad, OSError) and bad.strerror else str(bad)
    return InputError(f"cannot be read: {why}", where=where, fix="Check path, permissions and that it is whole")


def encoding_of(source: Bytes, asked: str) -> str:
    """The encoding that a byte order mark states, which is then left out, else the one asked for."""
    for mark, encoding in _ORDER_MARKS:
        if source.head.startswith(mark):
            source.skip(len(mark))
            return encoding
    try:
        "".encode(asked)
        name = codecs.lookup(asked).name
    except (LookupError, ValueError):
        name = ""
    if not name or name in _NO_ENCODINGS:
        raise InputError(
            f"the encoding {asked[:40]!r} is not known", where=source.where, fix="Name it as utf-8, utf-16, cp1252 …"
        )
    return name


def lines(source: Bytes, encoding: str) -> Iterator[Line]:
    """The lines of a file, ended by a line feed, a carriage return or both."""
    decoder = codecs.getincrementaldecoder(encoding)("vacatur.mark")
    number, rest, within = 0, "", False  # `within`: amid a line that is too long to be held
    more = True
    while more:
        raw = source.read()
        more = bool(raw)
        text = rest + decoder.decode(raw, not more)
        if within:
            end = _END.search(text)
            if end is None:
                rest = text[-1:] if text.endswith("\r") else ""
                continue
            text, within = text[end.end() :], False
        found = io.StringIO(text, newline="").readlines()
        rest = found.pop() if more and found and not found[-1].endswith("\n") else ""
        doubtful = "\0" in text or _marked(text)
        for line in found:
            number += 1
            yield number, line, _fault(line, encoding) if doubtful or len(line) > MOST_ROW else None
        if len(rest) > MOST_ROW:
            number += 1
            yield number, rest[:MOST_TEXT], LONG_ROW
            rest, within = "", True


def _marked(text: str) -> bool:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return True
    return False


def _fault(line: str, encoding: str) -> Fault | None:
    if len(line) > MOST_ROW:
        return LONG_ROW
    if bad := _MARKS.search(line):
        why = f"byte 0x{ord(bad[0]) - 0xDC00:02x} is not {encoding.upper()}"
        return Fault(
            why, "Save it in one encoding, or name the file's (such as cp1252): a name misread is another name"
        )
    return _NUL if "\0" in line else None
