"""Figures as statements of the ontology, where the code lists have their indicator and unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.dates import PartialDate
from kg.common.namespaces import BASE
from kg.drafting.model import Mention
from kg.store import Store

_COMPARATORS: Final = {
    "gt": "comparator:more-than",
    "ge": "comparator:at-least",
    "lt": "comparator:less-than",
    "about": "comparator:about",
}
_TIME_PARTS: Final = frozenset(("early", "end"))
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")
_COUNT: Final = ox.NamedNode(BASE + "scheme/unit/count")
_CONCEPTS: Final = """
SELECT ?scheme ?concept ?label ?broader WHERE {
    ?concept skos:inScheme ?scheme ; skos:prefLabel|skos:altLabel ?label
    FILTER(LANG(?label) = "zh")
    OPTIONAL { ?concept skos:broader ?broader }
}
"""


@dataclass(frozen=True)
class Vocabulary:
    """Indicators and units of the graph, as prefixed names by their Chinese labels.

    ``counting`` are those of the units that count one by one: their figures are whole numbers.
    """

    indicators: Mapping[str, str]
    units: Mapping[str, str]
    counting: frozenset[str] = frozenset()


def read_vocabulary(store: Store) -> Vocabulary:
    """Read the indicators and units of a store."""
    lists: list[dict[str, str]] = []
    counting: set[str] = set()
    for name in ("indicator", "unit"):
        scheme = f"{BASE}scheme/{name}"
        by_label: dict[str, str] = {}
        for row in store.select(_CONCEPTS, {"scheme": ox.NamedNode(scheme)}).as_dicts():
            concept = f"{name}:{row['concept'].value.removeprefix(scheme + '/')}"
            by_label[row["label"].value] = concept
            if row.get("broader") == _COUNT:
                counting.add(concept)
        lists.append(by_label)
    indicators, units = lists
    return Vocabulary(indicators, units, frozenset(counting))


def figure_statements(
    vocabulary: Vocabulary, counted: str, figure: Mention, date: Mention | None, *, is_as_of: bool
) -> str:
    """Return the statements of a figure about what it counts.

    They are empty if no indicator or unit fits, or the figure is a range, counts things and is no
    whole number, or has a comparator that the list of comparators lacks.
    """
    labels = [
        label for label in vocabulary.indicators if counted.endswith(label.removesuffix("数"))
    ]
    units = [
        concept
        for label, concept in vocabulary.units.items()
        if label.startswith(figure.unit) and counted.endswith(label[len(figure.unit) :])
    ]
    known = not figure.comparator or figure.comparator in _COMPARATORS
    if not labels or not units or not _NUMBER.fullmatch(figure.value) or not known:
        return ""
    if units[0] in vocabulary.counting and not figure.value.isdigit():
        return ""
    parts = [
        f"std:indicator {vocabulary.indicators[max(labels, key=len)]}",
        f"std:value {figure.value}",
        f"std:unit {units[0]}",
    ]
    if figure.comparator:
        parts.append(f"std:comparator {_COMPARATORS[figure.comparator]}")
    day = PartialDate.parse(date.value) if date else None
    if date and day:
        parts.append(f'std:{"asOf" if is_as_of else "period"} "{day}"^^{day.datatype}')
        if date.part in _TIME_PARTS:
            parts.append(f"std:timePart timePart:{date.part}")
    return " ; ".join(parts)
