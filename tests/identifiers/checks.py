"""Checks shared by the tables of examples of the bodies."""

from __future__ import annotations

from typing import Any

from kg.identifiers import Designation, Supplement, parse


def parsed(text: str) -> Designation:
    found = parse(text)
    assert found is not None, text
    return found


def set_fields(designation: Designation) -> dict[str, Any]:
    """Return the class and the fields that are set."""
    fields = {name: value for name, value in vars(designation).items() if value}
    return {"class": type(designation).__name__, **fields}


def sup(kind: str, number: str = "", **more: Any) -> Supplement:
    return Supplement(kind=kind, number=number, **more)


def printed(text: str) -> str | None:
    found = parse(text)
    return str(found) if found else None
