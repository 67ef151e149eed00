"""Finds the files that travel with the program, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def package() -> Path:
    """The folder of the program itself."""
    return _PACKAGE


def ontology() -> Path:
    """The folder ``ontology/``: terms, code lists, shapes, rules, checks, JSON-LD context."""
    return _folder("ontology")


def queries() -> Path:
    """The folder ``queries/``: the canned questions."""
    return _folder("queries")


def articles() -> Path:
    """The folder ``articles/``: one folder of curated claims for each article."""
    return _folder("articles")
