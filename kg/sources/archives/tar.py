"""A .tar, .tar.gz or .tar.zst -> its files, read as a stream: it is never whole in memory.

Headers are read here and not by tarfile, which takes one that it can't read for the end of the
archive, bounds no header, and needs five times as long for a hundred thousand small files.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from kg.common.errors import KgError
from kg.sources.archives import limits
from kg.sources.archives.folders import Wanted, unreadable
from kg.sources.archives.paths import leads_out, passed_over, safe

_BLOCK: Final = 512
_ZEROS: Final = bytes(_BLOCK)
_BUFFER: Final = 1 << 18
_LONGEST_HEADER: Final = 1 << 20
_FILES: Final = b"0\07"
_HARD_LINK: Final = b"1"
_LINK: Final = b"2"
_FOLDER: Final = b"5"
_LONG_NAME: Final = b"L"
_LONG_LINK: Final = b"K"
_PAX: Final = b"x"
_PAX_GLOBAL: Final = b"g"


@dataclass(frozen=True)
class _Header:
    """What stands before the bytes of a member (POSIX.1-2017, pax, ustar Interchange Format)."""

    name: str
    kind: bytes
    size: int
    time: float
    target: str


class Tar:
    """A tar archive (ustar, pax, GNU), its members in the order in which they stand."""

    def __init__(self, source: Path) -> None:
        self.source = source

    def names(self, skipped: Counter[str]) -> list[str]:
        """The paths inside; KgError for what is unsafe, cut off, damaged or a bomb.

        Reads the archive to its end, so that one which is not whole is known before its use.
        """
        return [name for name, _ in self._members(lambda _: False, skipped)]

    def read(self, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
        """The wanted members with their bytes; KgError as soon as one can't be read."""
        for name, data in self._members(wanted, Counter()):
            if data is not None:
                yield name, data

    def newest(self) -> float:
        """The newest time of a file, in seconds of the epoch; 0 without files."""
        with self._opened() as stream:
            newest = 0.0
            for header in self._headers(stream):
                if header.kind in _FILES:
                    newest = max(newest, header.time)
                self._pass(stream, header.size)
            return newest

    def _members(self, wanted: Wanted, skipped: Counter[str]) -> Iterator[tuple[str, bytes | None]]:
        """The files, with their bytes if they are wanted."""
        with self._opened() as stream:
            for header in self._headers(stream):
                name = self._file(header, skipped)
                if name and wanted(name):
                    yield name, self._exactly(stream, header.size)
                else:
                    self._pass(stream, header.size)
                    if name:
                        yield name, None

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        try:
            with ExitStack() as stack:
                packed = stack.enter_context(self.source.open("rb"))
                name = self.source.name.lower()
                if name.endswith((".gz", ".tgz")):
                    stream: object = stack.enter_context(gzip.open(packed))
                elif name.endswith((".zst", ".tzst")):
                    import zstandard

                    unpacker = zstandard.ZstdDecompressor()
                    stream = unpacker.stream_reader(packed, read_across_frames=True)
                else:
                    stream = packed
                yield io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise self._damaged(error) from error
        except OSError as error:
            raise unreadable(self.source, error) from error
        except Exception as error:
            # The errors of zstandard have a class of their own, and importing it takes long.
            if type(error).__name__ != "ZstdError":
                raise
            raise self._damaged(error) from error

    def _headers(self, stream: BinaryIO) -> Iterator[_Header]:
        """The headers of members, to the end; the caller reads what stands between them."""
        packed = self.source.stat().st_size
        read = 0
        shared: dict[str, str] = {}
        own: dict[str, str] = {}
        while (block := stream.read(_BLOCK)) != _ZEROS:
            header = self._header(block, {**shared, **own})
            read += _BLOCK + header.size
            limits.check_total(self.source, read, packed)
            if header.kind in (_PAX, _PAX_GLOBAL, _LONG_NAME, _LONG_LINK):
                said = self._said(stream, header)
                (shared if header.kind == _PAX_GLOBAL else own).update(said)
                continue
            limits.check_member(self.source, header.name, header.size)
            yield header
            own = {}
        while block := stream.read(_BUFFER):
            read += len(block)
            limits.check_total(self.source, read, packed)
            if block.strip(b"\0"):
                raise self._damaged("something follows its end")

    def _header(self, block: bytes, said: dict[str, str]) -> _Header:
        if len(block) < _BLOCK:
            raise self._damaged("it ends too soon")
        # The sum itself is filled with spaces when the sum is taken.
        total = _sum(block[:148]) + 8 * ord(" ") + _sum(block[156:334]) + _sum(block[334:])
        if total != self._number(block[148:156]):
            raise self._damaged("a header can't be read")
        kind = block[156:157]
        name, target = _text(block[:100]), _text(block[157:257])
        if block[257:263] == b"ustar\0" and block[345:346] != b"\0":
            name = f"{_text(block[345:500])}/{name}"
        extra = kind in (_PAX, _PAX_GLOBAL, _LONG_NAME, _LONG_LINK)
        if any(key.startswith("GNU.sparse") for key in said):
            raise KgError(f"{self.source}: {name} is sparse: pack it again without --sparse")
        try:
            size = int(said["size"]) if "size" in said and not extra else None
            time = float(said["mtime"]) if "mtime" in said else None
        except ValueError as error:
            raise self._damaged(error) from error
        # What is no file has no bytes, whatever its header says.
        if kind in (_HARD_LINK, _LINK, _FOLDER):
            size = 0
        return _Header(
            name if extra else said.get("path", name),
            kind,
            self._number(block[124:136]) if size is None else max(0, size),
            float(self._number(block[136:148])) if time is None else time,
            said.get("linkpath", target),
        )

    def _number(self, field: bytes) -> int:
        """A number: octal digits, or for large ones of GNU's tar the bytes themselves."""
        if field[:1] in (b"\x80", b"\xff"):
            # A time before 1970 is of no use here.
            return int.from_bytes(field[1:], "big") if field[:1] == b"\x80" else 0
        digits = field.partition(b"\0")[0].strip()
        try:
            return int(digits or b"0", 8)
        except ValueError:
            raise self._damaged("a header can't be read") from None

    def _said(self, stream: BinaryIO, header: _Header) -> dict[str, str]:
        """What a header of headers says of the next member, or of all that follow."""
        if header.size > _LONGEST_HEADER:
            raise self._damaged(f"a header of {header.size:,} bytes")
        data = self._exactly(stream, header.size)
        if header.kind in (_LONG_NAME, _LONG_LINK):
            return {"path" if header.kind == _LONG_NAME else "linkpath": _text(data)}
        said: dict[str, str] = {}
        while data:
            length, _, rest = data.partition(b" ")
            if not length.isdigit() or not len(length) + 1 < int(length) <= len(data):
                raise self._damaged("a header can't be read")
            key, _, value = rest[: int(length) - len(length) - 2].partition(b"=")
            said[_text(key)] = _text(value)
            data = data[int(length) :]
        return said

    def _file(self, header: _Header, skipped: Counter[str]) -> str | None:
        """The path of a member that is a file; None for one that is passed over."""
        name = safe(self.source, header.name)
        if header.kind == _FOLDER or (header.kind in _FILES and header.name.endswith("/")):
            return None
        if header.kind == _HARD_LINK:
            raise KgError(
                f"{self.source}: {name} is a hard link: pack it again with tar --hard-dereference"
            )
        is_link = header.kind == _LINK
        if is_link and leads_out(name, header.target):
            raise KgError(f"{self.source}: {name} is a link that leads out to {header.target!r}")
        if not is_link and header.kind not in _FILES:
            raise KgError(f"{self.source}: {name} is neither file nor folder: leave it out")
        over = passed_over(name) or ("symbolic link" if is_link else None)
        if over:
            skipped[over] += 1
        return None if over else name

    def _exactly(self, stream: BinaryIO, size: int) -> bytes:
        """The bytes of a member; what fills its last block is read over."""
        whole = size + -size % _BLOCK
        data = stream.read(whole)
        if len(data) < whole:
            raise self._damaged("it ends too soon")
        return data[:size]

    def _pass(self, stream: BinaryIO, size: int) -> None:
        """Read over the bytes of a member and what fills its last block."""
        left = size + -size % _BLOCK
        while left > 0:
            read = len(stream.read(min(left, _BUFFER)))
            if not read:
                raise self._damaged("it ends too soon")
            left -= read

    def _damaged(self, error: object) -> KgError:
        return KgError(
            f"{self.source}: no whole tar archive ({error}): it is cut off or damaged, or is"
            " packed otherwise than its name says; get it again"
        )


def _sum(piece: bytes) -> int:
    """The sum of at most 256 bytes, of which Adler-32 is one half and its carry can't come.

    Headers are read twice for each of 200,000 records, and this takes a tenth of ``sum``.
    """
    return (zlib.adler32(piece) & 0xFFFF) - 1


def _text(field: bytes) -> str:
    """A text of a header; what is not UTF-8 is kept in a way that no name may have."""
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")
