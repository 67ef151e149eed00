"""The relations of a thing by kind, in the order in which a reader asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.sentences import PLANNED
from kg.common.natural_order import natural_key
from kg.web.pages.order import HEADINGS, relation_order

if TYPE_CHECKING:
    from kg.analysis.model import Fact, Profile


@dataclass(frozen=True)
class Group:
    """Relations of one kind: their heading, the first facts, and how many there are in all."""

    direction: str
    relation: str
    planned: bool
    heading: str
    facts: tuple[Fact, ...]
    total: int

    def source(self, lang: str) -> str:
        """Return the source of all the facts, if it is one catalogue."""
        proofs = [proof for fact in self.facts for proof in fact.proofs]
        names = {proof.source_with_snapshot(lang) for proof in proofs}
        quoted = any(proof.phrase for proof in proofs)
        return names.pop() if len(names) == 1 and not quoted else ""

    @property
    def anchor(self) -> str:
        """The name of the group in the address of the page."""
        planned = "-planned" if self.planned else ""
        return f"{self.direction}-{self.relation.replace(':', '-')}{planned}"

    @property
    def key(self) -> str:
        """The name of the group in the address of its own page."""
        return f"{self.direction} {self.relation}" + (" planned" if self.planned else "")


def relation_of(key: str) -> tuple[str, str, bool]:
    """Return the kind of relation that :attr:`Group.key` names."""
    direction, property_, planned = [*key.split(), "", "", ""][:3]
    return direction, property_, planned == "planned"


def relation_groups(profile: Profile, group: str, lang: str) -> list[Group]:
    """Return the relations of an entity in the order in which a reader asks."""
    totals = {(t.direction, t.property, t.planned): t.total for t in profile.truncated}
    found: dict[tuple[str, str, bool], list[Fact]] = {}
    for fact in profile.facts:
        if fact.direction != "value":
            found.setdefault((fact.direction, fact.property, fact.planned), []).append(fact)
    groups = [
        Group(
            *key,
            heading_of(facts[0], lang),
            tuple(sorted(facts, key=lambda fact: _fact_order(fact, lang))),
            totals.get(key, len({fact.value for fact in facts})),
        )
        for key, facts in found.items()
    ]
    return sorted(
        groups,
        key=lambda each: (
            relation_order(group, each.direction, each.relation),
            not any(proof.phrase for fact in each.facts for proof in fact.proofs),
            each.direction != "out",
            each.heading,
        ),
    )


def _fact_order(fact: Fact, lang: str) -> tuple[str, object]:
    return fact.date, natural_key(fact.shown.of(lang))


def heading_of(fact: Fact, lang: str) -> str:
    """Return the heading of the relations of which one is given."""
    known = HEADINGS.get(f"{fact.direction} {fact.property}")
    if known and not fact.planned:
        return known.of(lang)
    words = fact.heading.of(lang) or fact.name.of(lang)
    if fact.planned and PLANNED.of(lang).strip() not in words:
        words += PLANNED.of(lang)
    return words[:1].upper() + words[1:]
