"""What an operation answers instead of a page with status 200."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moved:
    """The address of the page where it is."""

    address: str


@dataclass(frozen=True)
class Refused:
    """A page that says what is wrong with a request, and how to correct it."""

    html: str
    status: int = 400
