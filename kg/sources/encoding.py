"""Decodes the text of source files."""

from __future__ import annotations

from kg.common.errors import SourceError

_HEAD_BYTES = 60


def decode_utf8(path: str, data: bytes) -> str:
    """Decode UTF-8 with or without a byte order mark. SourceError names the line that is not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_HEAD_BYTES]:
        raise SourceError(f"{path}: not UTF-8 but UTF-16: convert it to UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path}:{line}: not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        ) from error
