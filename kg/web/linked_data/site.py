"""For search engines: robots.txt, and a sitemap of the pages of all entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from kg.common.namespaces import BASE
from kg.entities.index import name_index
from kg.web.linked_data.names import page_path

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SIZE: Final = 50_000
"""Addresses of a sitemap at most (https://www.sitemaps.org/protocol.html)."""
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ROBOTS: Final = """\
User-agent: *
Disallow: /sparql
Disallow: /relate
Disallow: /match
Disallow: /reconcile
Disallow: /dumps/
Sitemap: {base}sitemap.xml
"""


def robots(base: str) -> str:
    """Return what crawlers may read: everything but what is computed for each request."""
    return _ROBOTS.format(base=base)


def sitemap_index(graph: KnowledgeGraph, base: str, day: str) -> bytes:
    """Return the index of the sitemaps (an operation); ``day`` is that of the newest source."""
    count = name_index(graph.store).entity_count()
    last = f"<lastmod>{day}</lastmod>" if day else ""
    entries = "".join(
        f"<sitemap><loc>{escape(base)}sitemaps/{number}.xml</loc>{last}</sitemap>\n"
        for number in range(max(1, -(-count // SIZE)))
    )
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n'.encode()


def sitemap(graph: KnowledgeGraph, base: str, number: int) -> bytes | None:
    """Return a sitemap, the first one is 0; None if there are not so many (an operation)."""
    iris = name_index(graph.store).entities(number * SIZE, SIZE)
    if not iris and number:
        return None
    entries = "".join(
        f"<url><loc>{escape(base + page_path(iri.removeprefix(BASE)))}</loc></url>\n"
        for iri in iris
        if iri.startswith(BASE) and "#" not in iri
    )
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{entries}</urlset>\n'.encode()
