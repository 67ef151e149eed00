"""Edges of a network as sentences, by the phrasings of the ontology (``phrasings.ttl``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.analysis.node_phrases import NodePhrases, fill
from kg.common.bilingual import Text
from kg.common.date_words import spell_date
from kg.common.namespaces import compact
from kg.network.model import Edge, Node
from kg.store import Store

PLANNED: Final = Text(" (planned)", "（计划中）")
"""Suffix to the name of a relation that is only announced."""

FORMS: Final = {
    "std:phrasing": "",
    "std:inversePhrasing": "inverse",
    "std:plannedPhrasing": "planned",
    "std:plannedInversePhrasing": "planned inverse",
    "std:detailPhrasing": "detail",
}
"""Names of the forms of a phrasing, by its property."""

_PHRASINGS: Final = f"""
SELECT ?relation ?form ?phrasing WHERE {{
    VALUES ?form {{ {" ".join(FORMS)} }}
    ?relation ?form ?phrasing
}}"""
_NARROWER_ROLES: Final = """
SELECT ?role WHERE {
    { ?role skos:broader ?wider ; std:roleProperty ?relation . ?wider std:roleProperty ?relation }
    UNION { ?role skos:inScheme <scheme/degree> }
}"""
_PLAIN: Final = Text("{source} – {relation} – {target}", "{source}—{relation}—{target}")
_PLAIN_INVERSE: Final = Text("{target} ← {relation} – {source}", "{target}←{relation}—{source}")
_PLANNED_NOTE: Final = Text("planned", "计划中")
_AS_OF: Final = Text("as of {}", "截至{}")
_SUFFIX: Final = Text(" ({})", "（{}）")
_SEPARATOR: Final = Text("; ", "；")


@dataclass(frozen=True)
class Phrasings:
    """Templates of relations by compact IRI, form and language, and what they need besides.

    ``narrow_roles`` (compact IRIs) share their relation with a broader role, or are degrees of an
    adoption, so that a sentence names them. ``nodes`` phrases nodes that are sentences themselves,
    such as rankings.
    """

    of_relation: Mapping[tuple[str, str, str], str]
    narrow_roles: frozenset[str]
    nodes: NodePhrases

    @classmethod
    def read(cls, store: Store) -> Phrasings:
        """Read the phrasings of the ontology in a store, and the nodes that they need."""
        templates = {}
        for relation, form, phrasing in store.select(_PHRASINGS).rows:
            if relation is not None and form is not None and phrasing is not None:
                lang = getattr(phrasing, "language", "")
                key = compact(relation.value), FORMS[compact(form.value)], lang
                templates[key] = phrasing.value
        roles = (row[0] for row in store.select(_NARROWER_ROLES).rows)
        narrow = frozenset(compact(role.value) for role in roles if role is not None)
        return cls(templates, narrow, NodePhrases.read(store))

    def sentence(self, nodes: Mapping[str, Node], edge: Edge, start: str = "") -> Text:
        """Return an edge of a network as a sentence in both languages, without a full stop.

        ``nodes`` are the nodes of the network by IRI, ``start`` is the end (IRI) to begin with, by
        default the source. An edge of a ranking, an assessment or a figure reads as what that node
        says. The sentence marks what is planned, and spells dates as precisely as the source.
        """
        return Text(
            self._sentence(nodes, edge, start, "en"), self._sentence(nodes, edge, start, "zh")
        )

    def heading(self, relation: str, *, inverse: bool, planned: bool, lang: str) -> str:
        """Return the words of a relation between the names of its ends; empty without a phrasing.

        ``relation`` is a compact IRI. A name in the middle becomes an ellipsis.
        """
        form = "inverse" if inverse else ""
        wanted = " ".join(filter(None, ("planned" if planned else "", form)))
        template = self._template(relation, wanted, lang) or self._template(relation, form, lang)
        first, last = ("target", "source") if inverse else ("source", "target")
        words = template.removeprefix(f"{{{first}}}").removesuffix(f"{{{last}}}")
        # In Chinese, a possessive particle would be left.
        words = words.replace(f"{{{last}}}", "…").removeprefix("的")
        return "" if "{" in words else " ".join(words.split())

    def _sentence(self, nodes: Mapping[str, Node], edge: Edge, start: str, lang: str) -> str:
        text = self.nodes.sentence(edge.source, lang)
        span = nodes[edge.source].span if text else edge.span
        notes = []
        if not text:
            text = self._relation_sentence(nodes, edge, start, lang)
            if edge.role in self.narrow_roles:
                notes.append(edge.role_label.of(lang))
            if edge.planned and not self._template(edge.relation, "planned", lang):
                notes.append(_PLANNED_NOTE.of(lang))
        if span.text:
            date = self.nodes.with_part(edge.source, spell_date(span.text, lang), lang)
            if date not in text:
                notes.append(_AS_OF.of(lang).format(date) if span.kind == "asOf" else date)
        suffix = _SUFFIX.of(lang).format(_SEPARATOR.of(lang).join(notes)) if notes else ""
        return text[:1].upper() + text[1:] + suffix

    def _relation_sentence(
        self, nodes: Mapping[str, Node], edge: Edge, start: str, lang: str
    ) -> str:
        detail = self._template(edge.relation, "detail", lang)
        if edge.via and not edge.role and detail:
            relation, whole = self.nodes.participation(edge.via)
            base = self._template(relation, "", lang)
            values = self._values(nodes, edge, lang)
            return fill(base, {**values, "target": whole.of(lang)}) + fill(detail, values)
        inverse = "inverse" if start == edge.target != edge.source else ""
        planned = "planned" if edge.planned else ""
        template = (
            self._template(edge.relation, " ".join(filter(None, (planned, inverse))), lang)
            or self._template(edge.relation, inverse, lang)
            or self._template(edge.relation, "", lang)
            or (_PLAIN_INVERSE if inverse else _PLAIN).of(lang)
        )
        return fill(template, self._values(nodes, edge, lang))

    def _template(self, relation: str, form: str, lang: str) -> str:
        return self.of_relation.get((relation, form, lang), "")

    def _values(self, nodes: Mapping[str, Node], edge: Edge, lang: str) -> dict[str, str]:
        ends = {
            name: self.nodes.phrase(iri, lang) or nodes[iri].label.of(lang)
            for name, iri in (("source", edge.source), ("target", edge.target))
        }
        return {
            **ends,
            **{
                f"target.{name}": value
                for name, value in self.nodes.values(edge.target, lang).items()
            },
            "relation": edge.relation_label.of(lang),
            "role": edge.role_label.of(lang),
            "via": edge.via_label.of(lang),
        }
