"""Content negotiation (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Collection

import mimeparse


def best_type(accepted: str, offered: Collection[str]) -> str:
    """Return the type of ``offered`` that an Accept header prefers, or an empty text if none fits.

    An empty header accepts everything. Of types that are preferred alike the first offered wins; an
    unreadable header accepts nothing.
    """
    if not accepted.strip():
        return next(iter(offered))
    try:
        # The library prefers the last of several.
        return str(mimeparse.best_match(list(reversed(list(offered))), accepted))
    except mimeparse.MimeTypeParseException:
        return ""
