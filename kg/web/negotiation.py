"""Content negotiation (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import mimeparse

_LONGEST: Final = 1000
"""Characters of an Accept header that is remembered; browsers send some 150."""


def best_type(accepted: str, offered: Iterable[str]) -> str:
    """Return the type of ``offered`` that an Accept header prefers, or an empty text if none fits.

    An empty header accepts everything. Of types that are preferred alike the first offered wins; an
    unreadable header accepts nothing.
    """
    search = _best_of_short if len(accepted) <= _LONGEST else _best
    return search(accepted, tuple(offered))


def _best(accepted: str, offered: tuple[str, ...]) -> str:
    if not accepted.strip():
        return offered[0]
    try:
        # The library prefers the last of several.
        return str(mimeparse.best_match(offered[::-1], accepted))
    except mimeparse.MimeTypeParseException:
        return ""


_best_of_short: Final = lru_cache(1000)(_best)
