"""Events as a feed in the Atom Syndication Format (RFC 4287)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.changes.model import Event
from kg.common.control_characters import printable
from kg.common.errors import MissingPackageError

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry

FEED_ID = "tag:w3id.org,2026:stdkg/changes"


def atom_feed(
    events: Sequence[Event], title: str, describe: Callable[[Event], str], lang: str, link: str = ""
) -> bytes:
    """Return an Atom feed with an entry for each event, whose id never changes.

    ``describe`` gives an event as a sentence, ``link`` the address of the feed. Raises
    MissingPackageError without the extra ``feeds``.
    """
    try:
        from feedgen.feed import FeedGenerator
    except ImportError as error:
        raise MissingPackageError("a feed needs feedgen: pip install 'stdkg[feeds]'") from error
    feed = FeedGenerator()
    feed.id(FEED_ID)
    feed.title(title)
    feed.language("zh-Hans" if lang == "zh" else "en")
    feed.author(name="stdkg")
    feed.generator("stdkg")
    if link:
        feed.link(href=link, rel="self", type="application/atom+xml")
    days = [day for event in events if (day := event.after)]
    feed.updated(_midnight(max(days, default="1970-01-01")))
    for event in events:
        _add_entry(feed.add_entry(order="append"), event, describe(event))
    return bytes(feed.atom_str(pretty=True))


def _add_entry(entry: FeedEntry, event: Event, sentence: str) -> None:
    entry.id(event.id)
    entry.title(printable(sentence, styled=False))
    entry.link(href=event.thing)
    entry.updated(_midnight(event.after))
    entry.category(term=event.kind)
    records = " · ".join(record for record in (event.old_record, event.new_record) if record)
    entry.summary(printable(f"{event.title}\n{records}".strip(), styled=False))


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
