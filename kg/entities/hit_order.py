"""Put the names that a search found in order: editions of a document, and parts of a series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final, NamedTuple

from kg.common.natural_order import natural_key
from kg.entities import editions
from kg.entities.index import Name, NameIndex
from kg.entities.index.schema import Rank
from kg.entities.relevance import repetition_loss

_MAX_COMPARED: Final = 60
_OLD_EDITION: Final = 0.35


class Found(NamedTuple):
    """A name that a search found, with its score.

    ``match`` and ``via`` are as in :class:`kg.entities.search.Hit`; ``fit`` is the share of the
    score that follows from the match alone; ``known`` if the thesaurus says that it is meant.
    """

    score: float
    match: str
    name: Name
    via: str = ""
    fit: float = 0.0
    known: bool = False


def arrange(index: NameIndex, found: list[Found], kinds: Collection[int] | None) -> list[Found]:
    """Sort the hits, spread those of one series, and complete the first one."""
    hits = sorted(found, key=lambda each: (-each.score, each.name.id))
    hits = _first_parts_first(_older_editions_later(index, hits))
    better: defaultdict[int, set[int]] = defaultdict(set)
    spread = []
    for hit in hits:
        documents = better[hit.name.series]
        spread.append(hit._replace(score=hit.score - repetition_loss(len(documents))))
        if not hit.known:
            documents.add(hit.name.family)
    spread.sort(key=lambda each: -each.score)
    if not spread or spread[0].known:
        return spread
    first = spread[0]
    forms = forms_of(index, first.name, kinds)
    iris = {name.iri for name in forms}
    rest = [each for each in spread if each.name.iri not in iris]
    return [
        first if name.iri == first.name.iri else first._replace(name=name) for name in forms
    ] + rest


def _older_editions_later(index: NameIndex, hits: list[Found]) -> list[Found]:
    """Return the hits with a loss for older editions, where a body withdraws none."""
    families: defaultdict[int, list[int]] = defaultdict(list)
    for place, hit in enumerate(hits[:_MAX_COMPARED]):
        if hit.name.rank == Rank.CURRENT and not editions.is_work(index, hit.name):
            families[hit.name.family].append(place)
    moved = list(hits)
    for places in families.values():
        if len(places) > 1:
            latest = {
                name.iri
                for name in editions.latest_labels(index.labels(hits[p].name.iri for p in places))
            }
            for place in places:
                if hits[place].name.iri not in latest:
                    moved[place] = hits[place]._replace(score=hits[place].score - _OLD_EDITION)
    return sorted(moved, key=lambda each: -each.score)


def _first_parts_first(hits: list[Found]) -> list[Found]:
    """Return the hits with the parts of a series that match alike in their natural order."""
    alike: defaultdict[tuple[int, str, float, Rank], list[int]] = defaultdict(list)
    for place, hit in enumerate(hits[:_MAX_COMPARED]):
        if hit.name.rank in (Rank.CURRENT, Rank.WORK) and not (hit.known or hit.match == "same"):
            alike[hit.name.series, hit.match, round(hit.fit, 2), hit.name.rank].append(place)
    arranged = list(hits)
    for places in alike.values():
        parts = sorted((hits[place] for place in places), key=lambda h: natural_key(h.name.text))
        for place, part in zip(places, parts, strict=True):
            arranged[place] = part._replace(score=hits[place].score)
    return arranged


def forms_of(index: NameIndex, name: Name, kinds: Collection[int] | None) -> list[Name]:
    """Return a document as its work and its best edition, or anything else as it is."""
    family = [each for each in index.family(name.family) if kinds is None or each.kind in kinds]
    works = [each for each in family if editions.is_work(index, each)]
    others = [each for each in family if not editions.is_work(index, each)]
    best = min((each.rank for each in others), default=None)
    current = editions.latest_labels([each for each in others if each.rank == best])
    edition = name if name in others and name.iri not in {e.iri for e in current} else None
    forms = [*works[:1], *([edition] if edition else current[:1])]
    if any(each.iri == name.iri for each in forms) or (
        kinds is not None and name.kind not in kinds
    ):
        return forms
    return [name]
