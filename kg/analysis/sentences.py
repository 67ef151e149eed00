"""Edges of a network as sentences, as the ontology phrases each relation (``std:phrasing``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.network.model import Edge, Node
from kg.store import Store

PLANNED: Final = Text(" (planned)", "（计划中）")
"""Behind the name of a relation that is only announced."""

_PHRASINGS: Final = "SELECT ?relation ?phrasing WHERE { ?relation std:phrasing ?phrasing }"
_NARROWER: Final = "SELECT ?role WHERE { ?role skos:broader ?wider ; org:roleProperty ?relation }"
_IS_PLANNED: Final = {
    "en": "{source} is to be {role} of {target}",
    "zh": "{source}拟以{role}身份参与{target}",
}
_PLAIN: Final = {"en": "{source} – {relation} – {target}", "zh": "{source}—{relation}—{target}"}
_OF_PARTICIPATION: Final = {
    "en": "{via} ({relation}: {target})",
    "zh": "{via}（{relation}：{target}）",
}
_AS_OF: Final = {"en": "as of {}", "zh": "截至{}"}
_BRACKETS: Final = {"en": (" (", "; ", ")"), "zh": ("（", "；", "）")}


@dataclass(frozen=True)
class Phrasings:
    """How relations are said: by compact IRI and language, and the roles worth a mention.

    A role is worth one where it is narrower than the relation that follows from it.
    """

    of_relation: Mapping[tuple[str, str], str]
    narrow_roles: frozenset[str]

    @classmethod
    def read(cls, store: Store) -> Phrasings:
        """Read the phrasings from the ontology that is part of the graph."""
        found = {}
        for relation, phrasing in store.select(_PHRASINGS).rows:
            if relation is not None and phrasing is not None:
                lang = getattr(phrasing, "language", "")
                found[compact(relation.value), lang] = phrasing.value
        roles = (row[0] for row in store.select(_NARROWER).rows)
        return cls(found, frozenset(compact(role.value) for role in roles if role is not None))

    def sentence(self, nodes: Mapping[str, Node], edge: Edge) -> Text:
        """Return an edge of a network as a sentence in both languages, without a full stop.

        ``nodes`` are the nodes of the network by IRI. The sentence claims no more than the edge: it
        says if the edge is planned, and gives the date as the source does.
        """
        return Text(self._sentence(nodes, edge, "en"), self._sentence(nodes, edge, "zh"))

    def _sentence(self, nodes: Mapping[str, Node], edge: Edge, lang: str) -> str:
        template = self.of_relation.get((edge.relation, lang), _PLAIN[lang])
        if edge.planned:
            template = _IS_PLANNED[lang]
        elif edge.via and not edge.role and "{via}" not in template:
            template = _OF_PARTICIPATION[lang]
        said = _fill(
            template,
            {
                "source": nodes[edge.source].label.of(lang),
                "target": nodes[edge.target].label.of(lang),
                "relation": edge.relation_label.of(lang),
                "role": edge.role_label.of(lang),
                "via": edge.via_label.of(lang),
            },
        )
        date = edge.span.text
        more = [edge.role_label.of(lang)] if edge.role in self.narrow_roles else []
        more += [_AS_OF[lang].format(date) if edge.span.kind == "asOf" else date]
        opening, between, closing = _BRACKETS[lang]
        told = between.join(filter(None, more))
        aside = opening + told + closing if told else ""
        return said[:1].upper() + said[1:] + aside


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into a template; not ``str.format``, since names may hold braces themselves."""
    filled, rest = "", template
    while rest:
        before, brace, after = rest.partition("{")
        name, closing, tail = after.partition("}")
        known = bool(brace and closing) and name in values
        filled += before + (values[name] if known else brace)
        rest = tail if known else after
    return filled
