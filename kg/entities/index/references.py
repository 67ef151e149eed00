"""Count how much else refers to each entity, the measure of its importance among search hits.

A document counts with all its editions, since nobody cites a draft or an old edition for its own
sake. Relations that say nothing of importance are left out: provenance, complements (ITU-T lists
hundreds of thousands) and what editions of a document say of each other.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import cached_property
from typing import Final

from kg.common.folding import fold
from kg.common.namespaces import iri
from kg.identifiers import parse, undated

_EDITION_OF: Final = iri("std:editionOf")
_IN_SERIES: Final = iri("std:inSeries")
_SUPPLEMENTS: Final = frozenset(map(iri, ("std:amends", "std:corrects", "std:consolidates")))
_CITATIONS: Final = frozenset(
    map(
        iri,
        (
            *("std:adopted", "std:conventionalAdoptionOf", "std:translationOf", "std:derivedFrom"),
            *("std:describes", "std:cites", "std:relatedTo", "std:updates", "std:partOf"),
        ),
    )
)
_LINKS: Final = frozenset(
    map(
        iri,
        (
            *("std:publisher", "std:committee", "std:topic", "std:in", "std:agent", "std:liaison"),
            *("std:about", "std:locatedIn", "std:jurisdiction", "std:governs", "std:eventOf"),
        ),
    )
)
RELATIONS: Final = (_EDITION_OF, _IN_SERIES, *sorted(_SUPPLEMENTS | _CITATIONS | _LINKS))
"""Properties that :meth:`References.add` takes."""

_MENTION: Final = re.compile(
    r"\b(?:ISO/IEC|ISO|IEC|CISPR|IEEE|ITU-[TR]|JIS|ETSI|OIML|EN)"
    r"(?:[ /](?:Std|Rec\.?|Recommendation|IEC|TS|TR|EN|ES|R)){0,2} [A-Z]{0,3}[. ]?\d[\w.:-]*",
    re.ASCII,
)


class References:
    """The relations of entities given by number, and how many others refer to each.

    ``family`` gives the work of an edition, and any other entity itself; ``series`` the series of a
    part, or else its family; ``base`` the family that a supplement amends, or -1.
    """

    def __init__(self) -> None:
        self._works: dict[int, int] = {}
        self._series: dict[int, int] = {}
        self._bases: dict[int, int] = {}
        self._sources, self._targets = array("i"), array("i")
        self._links: Counter[int] = Counter()
        self._mentions: Counter[int] = Counter()

    def add(self, source: int, relation: str, target: int) -> None:
        """Add a relation of :data:`RELATIONS`; one stated several times counts once."""
        if relation == _EDITION_OF:
            self._works.setdefault(source, target)
        elif relation == _IN_SERIES:
            self._series.setdefault(source, target)
        elif relation in _LINKS:
            self._links[target] += 1
        else:
            if relation in _SUPPLEMENTS:
                self._bases.setdefault(source, target)
            self._sources.append(source)
            self._targets.append(target)

    def add_mentions(
        self, titles: Iterable[tuple[int, str]], labels: Iterable[tuple[int, str]]
    ) -> None:
        """Add the designations in titles; ``labels`` are those of works and series."""
        documents = {fold(label): document for document, label in labels}
        for entity, title in titles:
            for text in set(_mentioned(title)):
                target = documents.get(fold(text))
                if target is not None and self.family(entity) != target:
                    self._mentions[target] += 1

    def family(self, entity: int) -> int:
        """Return the work of an edition, or else the entity."""
        return self._works.get(entity, entity)

    def editions(self) -> Iterable[tuple[int, int]]:
        """Return the pairs of an edition and its work."""
        return self._works.items()

    def series(self, entity: int) -> int:
        """Return the series of a part in any edition, or else the family of an entity."""
        family = self.family(entity)
        return self._families_in_series.get(family, family)

    @cached_property
    def _families_in_series(self) -> dict[int, int]:
        return {self.family(part): series for part, series in self._series.items()}

    def base(self, entity: int) -> int:
        """Return the family of the document that a supplement amends or corrects, or -1."""
        base = self.family(self._bases.get(entity, -1))
        return -1 if base == self.family(entity) else base

    def counts(self, drafts: Container[int]) -> Counter[int]:
        """Return the number of references to each family, editions but ``drafts`` included.

        A part counts with what refers to all parts, a series also with the number of its parts.
        """
        counts: Counter[int] = Counter()
        for target, count in self._links.items():
            counts[self.family(target)] += count
        pairs = zip(self._sources, self._targets, strict=True)
        for source, target in {(self.family(s), self.family(t)) for s, t in pairs}:
            if source != target:
                counts[target] += 1
        editions = Counter(work for each, work in self._works.items() if each not in drafts)
        # The first edition is no reference to its work.
        counts += editions - Counter(set(editions))
        counts += self._mentions
        parts = self._families_in_series
        whole = {series: counts[series] for series in parts.values()}
        for part, series in parts.items():
            counts[part] += whole[series]
            counts[series] += 1
        return counts


def _mentioned(title: str) -> Iterator[str]:
    """Yield the undated designations that a title mentions."""
    text = title if title.isascii() else unicodedata.normalize("NFKC", title)
    for mention in _MENTION.findall(text):
        designation = parse(mention.rstrip(".:-"))
        if designation is not None:
            yield str(undated(designation))
