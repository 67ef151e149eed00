"""Find the candidates of queries.

Documents and bodies are found by the engine of ``kg match`` (:mod:`kg.entities.match`), which
guesses nothing: what it matches is a match here too, with its reasons as features, and what it
refuses has candidates with low scores. Types and conditions then decide between candidates of one
name; a candidate that contradicts a condition is no match.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.common.folding import fold
from kg.entities.match import Match, Reason, match
from kg.entities.match.model import WEIGHTS
from kg.entities.match.words import explain
from kg.entities.resolution import candidates, prefer_by_kind
from kg.entities.search import find
from kg.web.reconciliation import model
from kg.web.reconciliation.conditions import Judge
from kg.web.reconciliation.model import Candidate, Feature, Query, Strictness
from kg.web.reconciliation.properties import properties_of
from kg.web.reconciliation.types import types_of
from kg.web.reconciliation.values import Values

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

LONGEST: Final = 2000
"""Characters; nothing has a longer name."""

_ALIKE: Final = 0.5
"""Score of entities of one name, and share of the score of a match that its other editions get."""
_REFUSED: Final = 0.4
"""Score of the first candidate of a reference that is refused."""
_FOUND: Final = 0.3
"""Score of the first entity that only a search finds."""
_STEP: Final = 0.02
_LEAST: Final = 0.02
_OTHER_TYPE: Final = 0.5
_CHOSEN: Final = 0.95
_MAX_EDITIONS: Final = 100


@dataclass
class Entry:
    """A candidate while it is judged.

    ``is_named`` tells that the text is a name of it, though perhaps of others too.
    """

    iri: str
    score: float
    is_named: bool = False
    is_match: bool = False
    features: dict[str, Feature] = field(default_factory=dict)

    def add(self, id_: str, name: str, value: bool | float) -> None:
        """Add a feature, unless there is one of that identifier."""
        self.features.setdefault(id_, Feature(id_, name, value))


def reconcile(
    graph: KnowledgeGraph, queries: Sequence[Query], lang: str
) -> list[tuple[Candidate, ...]]:
    """Return the candidates of each query, best first.

    Raises ResolutionError for an unknown type or property.
    """
    finder = _Finder(graph, queries, lang)
    found = [finder.entries(query) for query in queries]
    return finder.candidates(found)


class _Finder:
    """Finds the candidates of a batch of queries."""

    def __init__(self, graph: KnowledgeGraph, queries: Sequence[Query], lang: str) -> None:
        self._store = graph.store
        self._lang = lang
        self._types = types_of(self._store)
        self._values = Values(self._store, lang)
        self._index = self._values.index
        self._judge = Judge(self._values, properties_of(self._store), lang)
        texts = dict.fromkeys(text for query in queries for text in self._texts(query))
        self._matches = {each.text: each for each in match(self._store, texts)}
        self._values.learn({each.iri: each.status for each in self._matches.values() if each.iri})

    def _texts(self, query: Query) -> list[str]:
        texts = query.texts or self._judge.names_in(query.conditions)
        return [text for text in texts if len(text) <= LONGEST]

    def entries(self, query: Query) -> list[Entry]:
        """Return the candidates of a query, best first, as many as it asks for."""
        kinds = self._types.kind_sets(query.types, query.strictness)
        entries: dict[str, Entry] = {}
        for text in self._texts(query):
            for entry in self._entries_of(self._matches[text], query, kinds):
                known = entries.setdefault(entry.iri, entry)
                if known.score < entry.score:
                    entries[entry.iri] = entry
        if not query.texts and not entries:
            found = self._judge.retrieve(query.conditions)
            score = _ALIKE if found.is_complete else _FOUND
            entries = {iri: Entry(iri, score, found.is_complete) for iri in found.entities}
        judged = self._by_conditions(query, self._by_type(query, kinds, entries.values()))
        return sorted(judged, key=lambda entry: -entry.score)[: query.limit]

    def _entries_of(
        self, found: Match, query: Query, kinds: Collection[int] | None
    ) -> Iterator[Entry]:
        yield from self._matched(found)
        is_match = found.iri and self._is_of(found.iri, kinds)
        if query.conditions and (found.iri or found.reasons[0].key == "several"):
            # The edition that meets the conditions may not be among the few that are listed.
            for _, name in islice(self._index.editions(found.text, kinds), _MAX_EDITIONS):
                yield self._other(name.iri, _ALIKE)
        if kinds is None or is_match:
            return
        if found.iri or found.reasons[0].key == "several":
            yield from self._namesakes(found.text, kinds)
        if fold(found.text):
            hits = find(self._index, found.text, kinds, query.limit)
            for place, hit in enumerate(hits):
                entry = Entry(hit.name.iri, _declining(_FOUND, place))
                entry.add("search", model.BY_SEARCH.of(self._lang), value=True)
                yield entry

    def _matched(self, found: Match) -> Iterator[Entry]:
        """Yield what the engine has found, or the candidates of what it has refused."""
        if found.iri:
            entry = Entry(found.iri, found.score, is_named=True, is_match=True)
            for reason in found.reasons:
                entry.add(reason.key, explain(reason, self._lang), WEIGHTS[reason.key])
            yield entry
            for iri in found.others:
                yield self._other(iri, _ALIKE * found.score)
            return
        [reason] = found.reasons
        is_named = reason.key == "several"
        for place, iri in enumerate(found.others):
            score = _ALIKE if is_named else _declining(_REFUSED, place)
            entry = Entry(iri, score, is_named)
            entry.add(reason.key, explain(reason, self._lang), value=False)
            yield entry

    def _other(self, iri: str, score: float) -> Entry:
        entry = Entry(iri, score, is_named=True)
        entry.add("other", model.OTHER.of(self._lang), value=True)
        return entry

    def _namesakes(self, text: str, kinds: Collection[int]) -> Iterator[Entry]:
        """Yield what a name means among entities of some types: a match if it is one."""
        names = prefer_by_kind(self._index, candidates(self._index, text, kinds))
        for name in names:
            key = "title" if name.is_title else "designated"
            reason = Reason("same" if fold(name.text) == fold(text) else key)
            score = WEIGHTS[reason.key] if len(names) == 1 else _ALIKE
            entry = Entry(name.iri, score, is_named=True, is_match=len(names) == 1)
            entry.add(reason.key, explain(reason, self._lang), WEIGHTS[reason.key])
            if len(names) > 1:
                several = Reason("several", str(len(names)))
                entry.add(several.key, explain(several, self._lang), value=False)
            yield entry

    def _by_type(
        self, query: Query, kinds: Collection[int] | None, entries: Iterable[Entry]
    ) -> Iterator[Entry]:
        """Yield the candidates of the types asked for, and others only if these are a wish."""
        for entry in entries:
            if kinds is not None:
                is_of_type = self._is_of(entry.iri, kinds)
                if not is_of_type and query.strictness != Strictness.SHOULD:
                    continue
                entry.add("type", model.BY_TYPE.of(self._lang), value=is_of_type)
                if not is_of_type:
                    entry.score *= _OTHER_TYPE
                    entry.is_match = False
            yield entry

    def _is_of(self, iri: str, kinds: Collection[int] | None) -> bool:
        return kinds is None or self._index.status(iri).kind in kinds

    def _by_conditions(self, query: Query, entries: Iterable[Entry]) -> list[Entry]:
        """Return the candidates with their scores by the conditions.

        If what the text alone means doesn't meet them, the only one of that name that does is it.
        """
        pending = list(entries)
        if not query.conditions:
            return pending
        verdicts = self._judge.verdicts([entry.iri for entry in pending], query.conditions)
        kept: list[Entry] = []
        meeting: list[Entry] = []
        for entry in pending:
            own = verdicts[entry.iri]
            for verdict in own:
                entry.score *= verdict.factor
                entry.is_match &= not verdict.contradicts
                if verdict.is_met is not None:
                    entry.add(verdict.id, verdict.name, verdict.is_met)
            if any(verdict.excludes for verdict in own):
                continue
            kept.append(entry)
            if entry.is_named and all(verdict.is_met for verdict in own):
                meeting.append(entry)
        if len(meeting) == 1 and not any(entry.is_match for entry in kept):
            [only] = meeting
            only.score, only.is_match = max(only.score, _CHOSEN), True
            only.add("conditions", model.BY_CONDITIONS.of(self._lang), value=True)
        return kept

    def candidates(self, found: Sequence[Sequence[Entry]]) -> list[tuple[Candidate, ...]]:
        """Return what is found as the API gives it, with names looked up at once."""
        iris = dict.fromkeys(entry.iri for entries in found for entry in entries)
        names = self._values.names(iris)
        described = self._described(iris)
        types = {
            iri: tuple(self._types.named(self._types.of_entity(iri), self._lang)) for iri in iris
        }
        return [
            tuple(
                Candidate(
                    entry.iri,
                    names[entry.iri],
                    described[entry.iri],
                    round(100 * entry.score, 1),
                    entry.is_match,
                    tuple(entry.features.values()),
                    tuple(replace(each, description="") for each in types[entry.iri]),
                )
                for entry in entries
            )
            for entries in found
        ]

    def _described(self, iris: Iterable[str]) -> dict[str, str]:
        return describe(self._values, iris, self._lang)


def describe(values: Values, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return the title of each entity, and what became of it if it is a document."""
    wanted = list(iris)
    statuses = values.described(wanted)
    described = {}
    for entity in wanted:
        titles = dict(values.index.titles(entity))
        title = titles.get(lang) or titles.get("en") or next(iter(titles.values()), "")
        described[entity] = " · ".join(filter(None, (title, statuses[entity])))
    return described


def _declining(first: float, place: int) -> float:
    return max(first - _STEP * place, _LEAST)
