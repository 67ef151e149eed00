"""Which names of a source's files are safe, which are passed over, and what is their own part.

Nothing is ever unpacked to disk. Names that would reach outside of an archive are refused all the
same: an archive that holds one is a trap for whoever unpacks it, or is broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from kg.common.errors import KgError

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_PASSED_OVER: Final = frozenset(("__MACOSX", "__pycache__", "node_modules"))
_NO_SIGNS: Final = ("Cc", "Cs")
_CONTENT: Final = frozenset(("data", "orgs"))
"""Folders that belong to what a repository says, so that they are never taken off."""


def safe(source: Path, name: str) -> str:
    """The name of an archive's member in one form (``./a//b`` is ``a/b``).

    Raises KgError for one that is absolute, climbs up (``..``), names a drive, or is no text.
    """
    slashed = name.replace("\\", "/")
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    if slashed.startswith("/") or ".." in parts or _DRIVE.match(slashed):
        raise KgError(
            f"{source}: a member called {name!r} reaches outside: don't trust the archive"
        )
    check_signs(source, name)
    return "/".join(parts)


def check_signs(source: Path, name: str) -> None:
    """Raise KgError for a name with control characters, or one that is not UTF-8."""
    # What is not UTF-8 has become surrogates.
    if not name.isprintable() and any(unicodedata.category(sign) in _NO_SIGNS for sign in name):
        raise KgError(f"{source}: a file is called {name!r}: give it a name of plain signs")


def leads_out(name: str, target: str) -> bool:
    """Whether a symbolic link of a name, with a relative or absolute target, leaves the source."""
    slashed = target.replace("\\", "/")
    if slashed.startswith("/") or _DRIVE.match(slashed):
        return True
    depth = len(PurePosixPath(name).parent.parts)
    for part in slashed.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if depth < 0:
            return True
    return False


def passed_over(name: str) -> str | None:
    """The part of a name for which it is passed over (``.git``, ``.DS_Store``); None if none is.

    >>> passed_over("a/.git/config"), passed_over("data/iso-1.yaml")
    ('.git', None)
    """
    return next((p for p in name.split("/") if p.startswith(".") or p in _PASSED_OVER), None)


def top(names: Sequence[str]) -> str:
    """The one folder in which all members lie, with its slash; empty if there is none.

    Hosting sites put a repository into a folder of its name. A folder that belongs to what the
    repository says stays.

    >>> top(["r-main/README.md", "r-main/data/1.yaml"]), top(["data/1.yaml"]), top(["a/1", "b/1"])
    ('r-main/', '', '')
    """
    firsts = {name.partition("/")[0] if "/" in name else "" for name in names}
    if len(firsts) != 1:
        return ""
    [first] = firsts
    return f"{first}/" if first and first not in _CONTENT else ""
