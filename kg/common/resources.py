"""Locate the content folders, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def package() -> Path:
    """Return the folder of the package ``kg``."""
    return _PACKAGE


def ontology() -> Path:
    """Return ``ontology/``: terms, code lists, shapes, rules, checks, JSON-LD context."""
    return _folder("ontology")


def queries() -> Path:
    """Return ``queries/``: the canned questions."""
    return _folder("queries")


def articles() -> Path:
    """Return ``articles/``: a folder of curated claims for each article."""
    return _folder("articles")


def drafting() -> Path:
    """Return ``drafting/``: the words of the rules that draft claims from a text."""
    return _folder("drafting")
