"""Events in any format: a table, data, a page or a feed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from kg.changes.model import Changes, Event
from kg.changes.output import full_table, json_bytes, short_table, title_of
from kg.changes.page import html_page
from kg.changes.wording import describe_event
from kg.tables import table_bytes

FORMATS: Final = ("table", "csv", "json", "md", "html", "atom")
"""The formats of :func:`changes_bytes`."""


def changes_bytes(
    changes: Changes, events: Sequence[Event], format: str, lang: str, *, link: str = ""
) -> bytes:
    """Return events in one of :data:`FORMATS`; ``link`` is the address of a feed.

    Raises MissingPackageError for a feed without the extra ``feeds``.
    """
    if format == "json":
        return json_bytes(changes, events)
    if format == "html":
        return html_page(changes, events, lang).encode("utf-8")
    if format == "atom":
        from kg.changes.feed import atom_feed

        describe = partial(describe_event, lang=lang)
        return atom_feed(events, title_of(changes, lang), describe, lang, link)
    if format == "csv":
        return table_bytes(full_table(events, lang), format, lang)
    return table_bytes(short_table(events, lang), format, lang)
