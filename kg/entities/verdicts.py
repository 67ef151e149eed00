"""What the status of a document on a day was judged to be, and by what."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.entities.date_windows import DateStatement


class Verdict(NamedTuple):
    """A key of a status, the reason with the date that it names, and the statements behind it."""

    key: str
    reason: str = ""
    date: str = ""
    basis: tuple[DateStatement, ...] = ()


PUBLISHED: Final = (
    Verdict("unpublished", "published-later"),
    Verdict("unknown", "publication-imprecise"),
)
IN_FORCE: Final = (
    Verdict("upcoming", "in-force-later"),
    Verdict("unknown", "effect-imprecise"),
)
"""Verdicts on what had not begun, and on what perhaps had not."""


def undated_end(key: str) -> Verdict:
    """Return the verdict on a document that is over, where no source dates the end."""
    return Verdict(
        "unknown", "replacement-undated" if key == "superseded" else "withdrawal-undated"
    )
