"""What to say of packages that are not installed."""

from __future__ import annotations

from kg.common.errors import MissingPackageError


def missing(kind: str) -> MissingPackageError:
    """Return the error for a kind of document whose package is missing."""
    return MissingPackageError(
        f"{kind} needs packages that are not installed: pip install 'stdkg[documents]'"
    )
