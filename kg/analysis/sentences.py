"""Edges of a network as sentences, by the phrasing of each relation in the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.network.model import Edge, Node
from kg.store import Store

PLANNED: Final = Text(" (planned)", "（计划中）")
"""Suffix to the name of a relation that is only announced."""

_PHRASINGS: Final = "SELECT ?relation ?phrasing WHERE { ?relation std:phrasing ?phrasing }"
_NARROWER_ROLES: Final = (
    "SELECT ?role WHERE { ?role skos:broader ?wider ; org:roleProperty ?relation }"
)
_PLANNED_ROLE: Final = Text(
    "{source} is to be {role} of {target}", "{source}拟以{role}身份参与{target}"
)
_PLAIN: Final = Text("{source} – {relation} – {target}", "{source}—{relation}—{target}")
_PARTICIPATION: Final = Text("{via} ({relation}: {target})", "{via}（{relation}：{target}）")
_AS_OF: Final = Text("as of {}", "截至{}")
_SUFFIX: Final = Text(" ({})", "（{}）")
_SEPARATOR: Final = Text("; ", "；")


@dataclass(frozen=True)
class Phrasings:
    """Templates of relations by compact IRI and language, and the roles to mention.

    ``narrow_roles`` (compact IRIs) are narrower than the relation that is derived from them.
    """

    of_relation: Mapping[tuple[str, str], str]
    narrow_roles: frozenset[str]

    @classmethod
    def read(cls, store: Store) -> Phrasings:
        """Read the phrasings of the ontology in a store."""
        templates = {}
        for relation, phrasing in store.select(_PHRASINGS).rows:
            if relation is not None and phrasing is not None:
                lang = getattr(phrasing, "language", "")
                templates[compact(relation.value), lang] = phrasing.value
        roles = (row[0] for row in store.select(_NARROWER_ROLES).rows)
        return cls(templates, frozenset(compact(role.value) for role in roles if role is not None))

    def sentence(self, nodes: Mapping[str, Node], edge: Edge) -> Text:
        """Return an edge of a network as a sentence in both languages, without a full stop.

        ``nodes`` are the nodes of the network by IRI. The sentence marks what is planned, and
        repeats dates as the source gives them.
        """
        return Text(self._sentence(nodes, edge, "en"), self._sentence(nodes, edge, "zh"))

    def _sentence(self, nodes: Mapping[str, Node], edge: Edge, lang: str) -> str:
        template = self.of_relation.get((edge.relation, lang), _PLAIN.of(lang))
        if edge.planned:
            template = _PLANNED_ROLE.of(lang)
        elif edge.via and not edge.role and "{via}" not in template:
            template = _PARTICIPATION.of(lang)
        text = _fill(
            template,
            {
                "source": nodes[edge.source].label.of(lang),
                "target": nodes[edge.target].label.of(lang),
                "relation": edge.relation_label.of(lang),
                "role": edge.role_label.of(lang),
                "via": edge.via_label.of(lang),
            },
        )
        role = edge.role_label.of(lang) if edge.role in self.narrow_roles else ""
        as_of = edge.span.kind == "asOf"
        date = _AS_OF.of(lang).format(edge.span.text) if as_of else edge.span.text
        notes = _SEPARATOR.of(lang).join(filter(None, (role, date)))
        return text[:1].upper() + text[1:] + (_SUFFIX.of(lang).format(notes) if notes else "")


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Fill a template; unlike ``str.format``, leave unknown and unbalanced braces as they are."""
    filled, rest = "", template
    while rest:
        before, brace, after = rest.partition("{")
        name, closing, tail = after.partition("}")
        known = bool(brace and closing) and name in values
        filled += before + (values[name] if known else brace)
        rest = tail if known else after
    return filled
