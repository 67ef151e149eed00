"""A small page about an entity, for the frame that clients show it in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.errors import ResolutionError
from kg.common.namespaces import expand
from kg.entities.resolution import is_known
from kg.evidence.proofs import cite, proofs_of_entity
from kg.web.reconciliation.candidates import describe
from kg.web.reconciliation.extension import extend
from kg.web.reconciliation.properties import properties_of
from kg.web.reconciliation.types import types_of
from kg.web.reconciliation.values import Values

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

WIDTH: Final = 430
HEIGHT: Final = 320
"""Size of the frame in pixels."""

_FACTS: Final = (
    *("std:publisher", "std:committee", "std:publicationDate", "std:date", "std:edition"),
    *("std:partOf", "std:start", "std:end", "std:state", "std:level", "std:locatedIn"),
    *("std:jurisdiction", "std:place", "std:eventOf", "std:topic", "schema:url"),
)
"""Properties that are shown, the most telling ones first."""
_MAX_FACTS: Final = 7
_MAX_VALUES: Final = 3
_MAX_NAMES: Final = 4
_MAX_PROOFS: Final = 2
_MAX_PHRASE: Final = 160
_OTHER_NAMES: Final = Text("also", "又称")
_EVIDENCE: Final = Text("evidence", "证据")
_LIST: Final = Text(", ", "、")
_MORE: Final = Text("and more", "等")

_STYLE: Final = (
    "body{margin:10px 12px;font:13px/1.45 system-ui,'Noto Sans SC',sans-serif;color:#1c2430;"
    "background:#fff;overflow-wrap:anywhere}"
    "h1{font-size:16px;line-height:1.3;margin:0 0 2px}"
    "p{margin:0 0 6px}.kind{color:#5a6675}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:6px 0 0}"
    "dt{color:#5a6675}dd{margin:0}a{color:#0b57a4}"
)
STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
"""SHA-256 of the style sheet, for a Content-Security-Policy."""
_PAGE: Final = (
    '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>'
    "<style>{style}</style></head><body>{body}</body></html>\n"
)


@dataclass(frozen=True)
class Card:
    """What a preview shows: a name, kinds, a description, and labeled lines."""

    iri: str
    name: str
    kinds: tuple[str, ...]
    description: str
    lines: tuple[tuple[str, str], ...]


def describe_card(graph: KnowledgeGraph, id_: str, lang: str) -> Card:
    """Return the preview of an entity; ResolutionError if the graph doesn't have it."""
    store = graph.store
    node = expand(id_.strip())
    if node is None or not is_known(store, node):
        raise ResolutionError(f"{id_!r} is not an entity of the graph: give its IRI")
    values, entity = Values(store, lang), node.value
    types = types_of(store)
    return Card(
        entity,
        values.names([entity])[entity],
        tuple(each.name for each in types.named(types.of_entity(entity), lang)),
        describe(values, [entity], lang)[entity],
        tuple(_lines(graph, values, entity, lang)),
    )


def _lines(
    graph: KnowledgeGraph, values: Values, entity: str, lang: str
) -> Iterator[tuple[str, str]]:
    label = values.names([entity])[entity]
    names = values.index.names_of(entity)
    others = [name for name in names if name != label and not name.startswith("urn:")]
    if others:
        yield _OTHER_NAMES.of(lang), _LIST.of(lang).join(islice(dict.fromkeys(others), _MAX_NAMES))
    known = properties_of(graph.store).by_id
    settings = {name: {"content": "name", "limit": _MAX_VALUES + 1} for name in _FACTS}
    wanted = {name: given for name, given in settings.items() if name in known}
    extension = extend(graph, [entity], wanted, lang)
    facts = zip(extension.columns, extension.rows[entity], strict=True)
    for column, own in islice(((c, o) for c, o in facts if o), _MAX_FACTS):
        shown = [str(value.content) for value in own[:_MAX_VALUES]]
        if len(own) > _MAX_VALUES:
            shown.append(_MORE.of(lang))
        yield column.name, _LIST.of(lang).join(shown)
    proofs = proofs_of_entity(graph.store, ox.NamedNode(entity))[:_MAX_PROOFS]
    if proofs:
        cited = cite(proofs, lang)
        yield _EVIDENCE.of(lang), cited if len(cited) < _MAX_PHRASE else cited[:_MAX_PHRASE] + "…"


def page(card: Card, lang: str, address: str) -> str:
    """Return a preview as a page of HTML, with a link to the address of the entity."""
    link = f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(card.name)}</a>'
    body = f"<h1>{link}</h1>" + _content(card)
    return _PAGE.format(lang=lang, name=escape(card.name), style=_STYLE, body=body)


def fragment(name: str, description: str) -> str:
    """Return HTML about a suggestion, for clients to put into their own page."""
    title = f'<p style="font:bold 13px/1.4 sans-serif">{escape(name)}</p>'
    if not description:
        return title
    return f'{title}<p style="font:13px/1.4 sans-serif">{escape(description)}</p>'


def _content(card: Card) -> str:
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{_value(text)}</dd>" for name, text in card.lines)
    return (
        f'<p class="kind">{escape(" · ".join(card.kinds))}</p>'
        + (f"<p>{escape(card.description)}</p>" if card.description else "")
        + (f"<dl>{lines}</dl>" if lines else "")
    )


def _value(text: str) -> str:
    if text.startswith(("https://", "http://")) and " " not in text:
        return f'<a href="{escape(text)}" target="_blank" rel="noopener">{escape(text)}</a>'
    return escape(text)
