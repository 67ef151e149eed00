"""The relations of a view as they stood on a day.

A document that was not published by then is left out with all its relations, unless a source dates
its draft; so is what was founded or took place later, and what somebody took part in before or
after. A membership, secretariat or liaison that a source of a later day states without a date is
left out too unless kept states have it, since nobody knows whether it held already; these are
counted. What a document is
about, who published it and which committee it belongs to is what the sources say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.common.bilingual import Text
from kg.common.dates import PartialDate
from kg.common.namespaces import iri
from kg.entities.as_of import PastStatuses
from kg.entities.index import name_index
from kg.entities.kept_states import held_on
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.restriction import restrict
from kg.network.adjacency.statements import StatementColumns
from kg.store import Store

_DOCUMENTS: Final = """
SELECT ?document WHERE {{
    {{
        SELECT ?document (MIN(STR(?date)) AS ?first) WHERE {{
            {{ SELECT ?document ?date WHERE {{ ?document std:publishedOn ?date }} }}
            UNION {{ SELECT ?document ?date WHERE {{ ?document std:issuedOn ?date }} }}
            UNION {{ SELECT ?document ?date WHERE {{ ?document std:createdOn ?date }} }}
            UNION {{ SELECT ?document ?date WHERE {{ ?document std:circulatedOn ?date }} }}
        }}
        GROUP BY ?document
    }}
    FILTER(?first > "{day}")
}}"""
_DRAFTS: Final = """
SELECT ?document WHERE {{
    {{
        SELECT ?document WHERE {{
            ?catalogue a std:Catalogue ; dcterms:source/std:snapshotOn ?snapshot .
            FILTER(STR(?snapshot) > "{day}")
            GRAPH ?catalogue {{ ?document std:stage ?stage }}
            FILTER(?stage IN (stage:development, stage:cancelled))
        }}
    }}
    MINUS {{
        SELECT ?document WHERE {{
            ?document std:publishedOn|std:issuedOn|std:createdOn|std:circulatedOn ?date
        }}
    }}
    MINUS {{
        SELECT ?document WHERE {{
            ?document std:stage ?reached
            FILTER(?reached NOT IN (stage:development, stage:cancelled))
        }}
    }}
}}"""
_UNDATED: Final = """
SELECT ?document WHERE {{
    {{ SELECT DISTINCT ?document WHERE {{ ?document std:documentStatus ?status }} }}
    MINUS {{
        SELECT ?document WHERE {{
            ?document std:publishedOn|std:issuedOn|std:createdOn|std:circulatedOn ?date
        }}
    }}
}}"""
_LATER: Final = """
SELECT DISTINCT ?thing WHERE {{
    ?thing std:start|std:date ?date FILTER(STR(?date) > "{day}")
}}"""
_OVER: Final = """
SELECT DISTINCT ?thing WHERE {{ ?thing std:end ?date FILTER(CONCAT(STR(?date), "~") < "{day}") }}"""
_DATED: Final = """
SELECT DISTINCT ?thing WHERE {{
    ?thing {properties} ?date FILTER(STR(?date) <= "{day}")
}}"""
_SOURCES: Final = """
SELECT DISTINCT ?claim WHERE {{
    {{ ?claim a std:Catalogue ; dcterms:source/std:snapshotOn ?date }}
    UNION {{ ?claim std:evidence/oa:hasSource/std:publishedOn ?date }}
    FILTER(STR(?date) > "{day}")
}}"""
_LIAISON: Final = iri("std:liaison")

_OTHER_DAYS: Final = Text(
    "as of {day}: {count} relations of later or earlier days are left out",
    "截至{day}：略去其他时期的关系{count}条",
)
_UNKNOWN: Final = Text(
    "as of {day}: whether {count} memberships, secretariats and liaisons held on that day is"
    " unknown, since only later sources state them, without a date",
    "截至{day}：{count}条成员资格、秘书处和联络关系仅见于较晚来源且未注日期，当日是否成立不明",
)


@dataclass(frozen=True)
class PastNetwork:
    """The index of a view as of a ``day``, and how many rows were left out.

    ``other_days`` are those that another date rules out, ``unknown`` those that no date decides.
    ``whole`` is the index of all days.
    """

    whole: Adjacency
    index: Adjacency
    day: PartialDate
    other_days: int
    unknown: int

    def left_out_of(self, entity: str) -> int:
        """Return how many others an entity (IRI) is related to, but was not on the day."""
        number = self.whole.number_of(entity)
        if number is None:
            return 0
        return len(self.whole.neighbors_of(number)) - len(self.index.neighbors_of(number))

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was left out, in words, one line each."""
        return tuple(
            Text(*(text.format(day=self.day, count=f"{count:,}") for text in (words.en, words.zh)))
            for words, count in ((_OTHER_DAYS, self.other_days), (_UNKNOWN, self.unknown))
            if count
        )


def past_network(store: Store, index: Adjacency, day: PartialDate) -> PastNetwork:
    """Return the relations of an index as they stood on a day."""
    rows = index.statements
    later = _select(store, _LATER, day)
    absent = later | _select(store, _DOCUMENTS, day) | _select(store, _DRAFTS, day)
    # What no source dates may have a year in its number.
    statuses = PastStatuses(store, name_index(store), day)
    documents = _select(store, _UNDATED, day) - absent
    absent |= {each for each in documents if statuses.is_unpublished(each)}
    hidden = np.zeros(len(index), np.bool_)
    hidden[_places(index.nodes.to_list(), absent)] = True
    over = _select(store, _OVER, day)
    # Position -1, no via or claim, is the last.
    other_vias = _mask(rows.via_iris.to_list(), later | over)[rows.vias]
    other_days = hidden[rows.sources()] | hidden[rows.targets] | other_vias
    undated = ~_mask(rows.via_iris.to_list(), _dated(store, day, "std:start|std:date"))[rows.vias]
    events = np.zeros(len(index), np.bool_)
    events[_places(index.nodes.to_list(), _dated(store, day, "std:date"))] = True
    undated &= ~events[rows.targets]
    participation = np.array(
        [bool(type_.role) or type_.relation == _LIAISON for type_ in rows.edge_types], np.bool_
    )[rows.types]
    stated_later = _mask(rows.claim_iris.to_list(), _select(store, _SOURCES, day))[rows.claims]
    unknown = participation & undated & stated_later & ~other_days
    unknown[_held_places(store, rows, unknown, day)] = False
    kept = ~(other_days | unknown)
    return PastNetwork(index, restrict(index, kept), day, int(other_days.sum()), int(unknown.sum()))


def _held_places(
    store: Store, rows: StatementColumns, unknown: NDArray[np.bool_], day: PartialDate
) -> NDArray[np.int64]:
    """Return the places of unknown rows of which kept states say that they held on a day."""
    places = np.flatnonzero(unknown)
    if not len(places) or not (held := held_on(store, day)):
        return places[:0]
    known = [(row.source, row.target, row.role) in held for row in rows.rows_at(places)]
    return places[np.array(known, np.bool_)]


def _select(store: Store, query: str, day: PartialDate) -> set[str]:
    rows = store.select(query.format(day=day)).rows
    return {term.value for (term,) in rows if term is not None}


def _dated(store: Store, day: PartialDate, properties: str) -> set[str]:
    return _select(store, _DATED.replace("{properties}", properties), day)


def _places(iris: list[str], wanted: set[str]) -> NDArray[np.int64]:
    return np.array([place for place, each in enumerate(iris) if each in wanted], np.int64)


def _mask(iris: Iterable[str], wanted: set[str]) -> NDArray[np.bool_]:
    return np.array([*(each in wanted for each in iris), False], np.bool_)
