"""Check the names in a source: which are safe, and which are skipped.

Nothing is ever unpacked to disk, but a name that points outside the archive is refused all the
same: such an archive is malicious or broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from kg.common.errors import SourceError

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_SKIPPED: Final = frozenset(("__MACOSX", "__pycache__", "node_modules"))
_REFUSED_CATEGORIES: Final = ("Cc", "Cs")
_CONTENT_FOLDERS: Final = frozenset(("data", "orgs"))
"""Folders that are part of a repository's content and never a wrapper."""


def safe_name(source: Path, name: str) -> str:
    """Normalize the name of an archive member (``./a//b`` to ``a/b``).

    Raises SourceError for a name that is absolute, contains ``..`` or a drive, or is not text.
    """
    slashed = name.replace("\\", "/")
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    if slashed.startswith("/") or ".." in parts or _DRIVE.match(slashed):
        raise SourceError(
            f"{source}: a member called {name!r} reaches outside: don't trust the archive"
        )
    check_characters(source, name)
    return "/".join(parts)


def check_characters(source: Path, name: str) -> None:
    """Raise SourceError for a name with control characters or invalid UTF-8."""
    # Bytes that are not UTF-8 have been decoded to surrogates.
    if not name.isprintable() and any(
        unicodedata.category(character) in _REFUSED_CATEGORIES for character in name
    ):
        raise SourceError(
            f"{source}: a file is called {name!r}: rename it with printable characters"
        )


def leads_out(name: str, target: str) -> bool:
    """Return whether a symbolic link points outside the source."""
    slashed = target.replace("\\", "/")
    if slashed.startswith("/") or _DRIVE.match(slashed):
        return True
    depth = len(PurePosixPath(name).parent.parts)
    for part in slashed.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if depth < 0:
            return True
    return False


def skipped_part(name: str) -> str | None:
    """Return the part of a path that causes the file to be skipped; None if there is none.

    >>> skipped_part("a/.git/config"), skipped_part("data/iso-1.yaml")
    ('.git', None)
    """
    return next((p for p in name.split("/") if p.startswith(".") or p in _SKIPPED), None)


def wrapper_folder(names: Sequence[str]) -> str:
    """Return the single folder that contains all members, with a slash; empty if there is none.

    Hosting sites wrap a repository in a folder named after it. A folder that is part of the
    repository's content doesn't count.

    >>> wrapper_folder(["r-main/README.md", "r-main/data/1.yaml"])
    'r-main/'
    >>> wrapper_folder(["data/1.yaml"]), wrapper_folder(["a/1", "b/1"])
    ('', '')
    """
    firsts = {name.partition("/")[0] if "/" in name else "" for name in names}
    if len(firsts) != 1:
        return ""
    [first] = firsts
    return f"{first}/" if first and first not in _CONTENT_FOLDERS else ""
