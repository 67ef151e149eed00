"""The record of a finished generation.

It names the generation it replaced, the vocabulary it was made with, and checksums of its files.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from kg.store.checksums import Checksum

ID: Final = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
"""Names of generations, which begin with the time of the build."""

_FILE: Final = "complete"
_WITHOUT_CHECKSUMS: Final = re.compile(rf"(?:{ID.pattern})?\n")
"""What versions before 0.3 wrote: the name of the replaced generation, if any."""


@dataclass(frozen=True)
class Completion:
    """``files`` is None for a generation of a version that wrote no checksums.

    ``vocabulary`` is the digest of :mod:`kg.store.vocabulary`, None if a version wrote none.
    """

    replaced: str | None
    files: Mapping[str, Checksum] | None
    vocabulary: str | None = None

    def to_text(self) -> str:
        """Return the record as text, with its own checksum in the first line."""
        files = {name: astuple(checksum) for name, checksum in (self.files or {}).items()}
        fields = {"replaced": self.replaced, "vocabulary": self.vocabulary, "files": files}
        body = json.dumps(fields, indent=0)
        return f"{_digest(body)}\n{body}\n"


def read_completion(generation: Path) -> Completion | None:
    """Return the record of a generation; None if it is missing or damaged."""
    try:
        text = (generation / _FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if _WITHOUT_CHECKSUMS.fullmatch(text):
        return Completion(text.strip() or None, None)
    digest, _, body = text.removesuffix("\n").partition("\n")
    if digest != _digest(body):
        return None
    fields = json.loads(body)
    files = {name: Checksum(*values) for name, values in fields["files"].items()}
    return Completion(fields["replaced"], files, fields.get("vocabulary"))


def write_file(path: Path, text: str) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
