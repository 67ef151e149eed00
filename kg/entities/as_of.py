"""Determine what the status of a document was on an earlier day.

From what sources state: the dates of publication, entry into force, confirmation and withdrawal,
and that another document, published on a day of its own, replaced it. Where no source dates the
end, kept states of the catalogues tell between which days it came, if there are any. What follows
from none of these is unknown, and the status says which date is missing. Nothing is known of a day
after the newest state of the sources but what that state says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError
from kg.common.namespaces import iri
from kg.entities.date_windows import DateStatement, Window, earliest, told, windows_of
from kg.entities.document_status import (
    UNPUBLISHED,
    WITH_LATER_EDITIONS,
    DocumentStatus,
    document_status,
    replacing,
    stated_successors,
    status_key,
)
from kg.entities.index import NameIndex
from kg.entities.kept_states import end_in_states, has_states
from kg.entities.lookup import property_values
from kg.entities.verdicts import IN_FORCE, PUBLISHED, Verdict, undated_end
from kg.store import Store

_PUBLICATION: Final = (iri("std:publishedOn"), iri("std:issuedOn"))
_BEGINNING: Final = (iri("std:createdOn"), iri("std:circulatedOn"), *_PUBLICATION)
_EFFECT: Final = (iri("std:effectiveOn"),)
_WITHDRAWAL: Final = (iri("std:withdrawnOn"),)
_CONFIRMATION: Final = (iri("std:confirmedOn"),)
_DATES: Final = tuple(dict.fromkeys((*_BEGINNING, *_EFFECT, *_WITHDRAWAL, *_CONFIRMATION)))
_DESCRIBED: Final = (iri("std:stage"), iri("prov:wasDerivedFrom"))
_SNAPSHOTS: Final = """
SELECT ?graph ?day WHERE { ?graph a std:Catalogue ; dcterms:source/std:snapshotOn ?day }"""
_ENDED: Final = ("superseded", "withdrawn")
_UNDATED_ENDS: Final = (
    *("withdrawal-undated", "replacement-undated", "replacement-imprecise"),
    *("cancellation-undated", "replaced-later"),
)
"""Reasons for which kept states are asked."""

StatusOf = Callable[[str], DocumentStatus]
"""Returns the status of an entity (IRI); its key is empty if it isn't a document."""


def parse_day(text: str) -> PartialDate:
    """Return the day that a text means, such as ``2025-04-30``; ArgumentError if it is no day."""
    day = PartialDate.parse_typed(text)
    if day is None or not day.day:
        raise ArgumentError(f"{text!r} is not a day: write it as 2025-04-30")
    return day


def optional_day(text: str) -> PartialDate | None:
    """Return the day that an argument means, as :func:`parse_day`; None for an empty one."""
    return parse_day(text) if text else None


@dataclass(frozen=True)
class PastStatuses:
    """Answers what the status of documents was on a day; ``snapshots`` are days by graph (IRI)."""

    store: Store
    index: NameIndex
    day: PartialDate

    @cached_property
    def _snapshots(self) -> dict[str, PartialDate]:
        rows = self.store.select(_SNAPSHOTS).rows
        days = {g.value: PartialDate.parse_lexical(day.value) for g, day in rows if g and day}
        return {graph: day for graph, day in days.items() if day}

    @cached_property
    def _has_states(self) -> bool:
        return has_states(self.store)

    @cached_property
    def _verdicts(self) -> dict[str, Verdict]:
        return {}

    @property
    def newest(self) -> PartialDate | None:
        """The day of the newest state of a catalogue, None without catalogues."""
        return max(self._snapshots.values(), default=None)

    def of(self, entity: str) -> DocumentStatus:
        """Return the status of an entity (IRI); its key is empty if it isn't a document."""
        key, reason, date, basis = self._verdict(entity)
        day = str(self.day)
        if not key or key in ("series", "unpublished", "upcoming", "unknown"):
            return DocumentStatus(key, day=day, reason=reason, date=date, basis=basis)
        if self.is_latest(entity):
            status = document_status(self.store, self.index, entity, self.key)
            return replace(status, day=day)
        successors, statements = stated_successors(self.store, entity, self.key)
        status = DocumentStatus(
            key, successors, statements, day=day, reason=reason, date=date, basis=basis
        )
        if successors or key not in WITH_LATER_EDITIONS:
            return status
        # Most entities are current or no documents, and the grammars take a third of a start-up.
        from kg.entities.later_editions import later_editions

        return replace(status, later=later_editions(self.store, self.index, entity, self.day))

    def is_latest(self, entity: str) -> bool:
        """Return whether the status of an entity (IRI) is the one of the newest state."""
        return self._is_newest(entity) and not self._verdict(entity).reason

    def key(self, entity: str) -> str:
        """Return the key of the status of an entity (IRI) alone."""
        return self._verdict(entity).key

    def _verdict(self, entity: str) -> Verdict:
        if entity not in self._verdicts:
            verdict = self._judge(entity)
            if verdict.reason in _UNDATED_ENDS and self._has_states:
                verdict = self._judge_states(entity, verdict)
            self._verdicts[entity] = verdict
        return self._verdicts[entity]

    def _judge_states(self, document: str, verdict: Verdict) -> Verdict:
        """Judge a document whose end no date tells by the kept states of the catalogues."""
        key, described = status_key(self.index, document), tuple(self._values(document, _DESCRIBED))
        end = end_in_states(self.store, document, [graph for graph, *_ in described], self.day)
        if end is None:
            return verdict
        basis = end.basis or described
        if self.day >= end.until:
            return Verdict(key, basis=basis)
        if verdict.reason == "replaced-later" and verdict.date <= str(end.until):
            # A source dates the end, as far as the states can tell.
            return verdict
        if end.after is None:
            return verdict if verdict.key == "unknown" else undated_end(key)
        if self.day > end.after:
            return Verdict("unknown", "ended-between", end.text, basis)
        return Verdict("draft" if key == "cancelled" else "current", "ended-later", end.text, basis)

    def _is_newest(self, document: str) -> bool:
        """Return whether the day is not before the states of all catalogues that describe it."""
        day = self._state_of(document)
        return day is not None and day <= self.day

    def _state_of(self, document: str) -> PartialDate | None:
        graphs = {row[3] for row in property_values(self.store, [document], _DESCRIBED)}
        return max(
            (self._snapshots[each] for each in graphs & self._snapshots.keys()), default=None
        )

    def _judge(self, document: str) -> Verdict:
        key = status_key(self.index, document)
        if key in ("", "series", "mentioned"):
            return Verdict(key)
        dates = self._dates(document)
        if self._is_newest(document):
            return self._judge_upcoming(key, dates)
        if key in UNPUBLISHED and key != "upcoming":
            return self._judge_draft(key, windows_of(dates, _BEGINNING))
        published = self._published(document, dates)
        if published is None:
            return Verdict("unknown", "publication-undated")
        return (
            self._judge_start(published, PUBLISHED)
            or self._judge_start(earliest(windows_of(dates, _EFFECT)), IN_FORCE)
            or self._judge_over(document, key, dates, published.basis)
            or self._judge_upcoming(key, dates, published.basis)
        )

    def is_unpublished(self, document: str) -> bool:
        """Return whether a document (IRI) was not published; cheaper than its whole status."""
        key, dates = status_key(self.index, document), self._dates(document)
        if key in ("", "series", "mentioned") or self._is_newest(document):
            return False
        if key in UNPUBLISHED and key != "upcoming":
            return self._judge_draft(key, windows_of(dates, _BEGINNING)).key == "unpublished"
        published = self._published(document, dates)
        verdict = published and self._judge_start(published, PUBLISHED)
        return verdict is not None and verdict.key == "unpublished"

    def _judge_upcoming(
        self, key: str, dates: dict[str, list[DateStatement]], basis: tuple[DateStatement, ...] = ()
    ) -> Verdict:
        """Return the verdict of the newest state, or that a day of entry into force has come."""
        effect = earliest(windows_of(dates, _EFFECT)) if key == "upcoming" else None
        if effect is not None and effect.last <= self.day:
            return Verdict("current", "in-force-since", effect.date, effect.basis)
        return Verdict(key, basis=basis)

    def _judge_start(
        self, start: Window | None, verdicts: tuple[Verdict, Verdict]
    ) -> Verdict | None:
        """Return the verdict on what had not begun, or perhaps not; None if it had."""
        if start is None or start.last <= self.day:
            return None
        return verdicts[start.first <= self.day]._replace(date=start.date, basis=start.basis)

    def _judge_draft(self, key: str, begun: list[Window]) -> Verdict:
        first = earliest(begun)
        if first is None or first.last > self.day:
            return Verdict("unpublished")
        if key == "cancelled":
            return Verdict("unknown", "cancellation-undated", basis=first.basis)
        return Verdict(key, basis=first.basis)

    def _judge_over(
        self,
        document: str,
        key: str,
        dates: dict[str, list[DateStatement]],
        published: tuple[DateStatement, ...],
    ) -> Verdict | None:
        """Judge a document that was out: whether it was over; None if nothing says that it is."""
        verdict = self._judge_withdrawal(
            document, key, windows_of(dates, _WITHDRAWAL)
        ) or self._judge_end(document, key, windows_of(dates, _CONFIRMATION))
        if verdict is None or verdict.key != "current":
            return verdict
        # It was current between two dates.
        return verdict._replace(basis=(*published, *verdict.basis))

    def _judge_withdrawal(self, document: str, key: str, windows: list[Window]) -> Verdict | None:
        if not windows:
            return None
        windows = [self._capped(document, window) for window in windows]
        date, basis = told(windows)
        if min(window.first for window in windows) > self.day:
            still = "current" if key in _ENDED else key
            return Verdict(still, "withdrawn-later", date, basis)
        if max(window.last for window in windows) > self.day:
            return Verdict("unknown", "withdrawal-imprecise", date, basis)
        return Verdict(key if key in _ENDED else "withdrawn", basis=basis)

    def _judge_end(self, document: str, key: str, confirmed: list[Window]) -> Verdict | None:
        """Judge a document that is over, though no source dates the end: by what replaced it."""
        if key not in _ENDED:
            return None
        if later := [window for window in confirmed if window.first > self.day]:
            date, basis = told(later)
            return Verdict("current", "confirmed-later", date, basis)
        undated = undated_end(key)
        others = [
            other
            for other in replacing(self.store, document)
            if status_key(self.index, other) not in UNPUBLISHED
        ]
        windows = [self._in_force(other) for other in others]
        known = [window for window in windows if window is not None]
        if not known:
            return undated
        date, basis = told(known)
        if over := [window for window in known if window.last <= self.day]:
            return Verdict(key, basis=told(over)[1])
        if len(known) == len(windows) and all(window.first > self.day for window in known):
            return Verdict("current", "replaced-later", date, basis)
        return undated._replace(reason="replacement-imprecise", date=date, basis=basis)

    def _in_force(self, document: str) -> Window | None:
        """Return when a document took the place of others: at its entry into force, if told."""
        dates = self._dates(document)
        return earliest(windows_of(dates, _EFFECT)) or self._published(document, dates)

    def _published(self, document: str, dates: dict[str, list[DateStatement]]) -> Window | None:
        found = earliest(windows_of(dates, _PUBLICATION)) or self._year(document)
        return found and self._capped(document, found)

    def _capped(self, document: str, window: Window) -> Window:
        """Return a window that ends with the state that tells of what has happened."""
        state = self._state_of(document)
        if state is None or not window.first <= state < window.last:
            return window
        return window._replace(last=state)

    def _year(self, document: str) -> Window | None:
        """Return the year that its designation gives a document."""
        from kg.identifiers import parse

        for designation in filter(None, map(parse, self.index.names_of(document))):
            if year := designation.own_year:
                date = PartialDate(year)
                return Window(date.first_day, date.last_day, str(date))
        return None

    def _dates(self, document: str) -> dict[str, list[DateStatement]]:
        found: dict[str, list[DateStatement]] = {}
        for statement in self._values(document, _DATES):
            found.setdefault(statement[2], []).append(statement)
        return found

    def _values(self, document: str, properties: Iterable[str]) -> Iterator[DateStatement]:
        for subject, property_, value, graph in property_values(self.store, [document], properties):
            yield graph, subject, property_, value


def status_reader(store: Store, index: NameIndex, day: PartialDate | None) -> StatusOf:
    """Return a function from entities (IRIs) to their status on a day; None: the latest known."""
    if day is None:
        return lambda entity: document_status(store, index, entity)
    return PastStatuses(store, index, day).of
