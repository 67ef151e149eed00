"""Two states of a catalogue side by side, and what a thing was and is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kg.changes.difference import Difference, State, Term, Values
from kg.changes.model import Event
from kg.common.dates import PartialDate

_PUBLICATION: Final = ("std:publishedOn", "std:issuedOn")
_SUBJECTS: Final = ("std:committee", "std:topic", "std:publisher")


def texts(values: Values, property_: str) -> list[str]:
    """Return the values of a property as texts, sorted."""
    return sorted({value.value for value in values.get(property_, ())})


def first(values: Values, *properties: str) -> str:
    """Return the first value of the first property that has one; empty without."""
    return next((text for name in properties for text in texts(values, name)), "")


def stage(values: Values) -> str:
    """Return the name of the stage of a document, such as ``published``; empty if unknown."""
    return first(values, "std:stage").rpartition("/")[2]


def publication_date(values: Values) -> str:
    """Return the date of publication or issue (ISO 8601), empty if unknown."""
    return first(values, *_PUBLICATION)


def titles(values: Values) -> set[tuple[str, str]]:
    """Return the titles of a thing, each as language (BCP 47, or empty) and text."""
    return {
        (getattr(value, "language", None) or "", value.value)
        for value in values.get("dcterms:title", ())
    }


def title(values: Values) -> str:
    """Return the English title of a thing, or else another."""
    by_language: dict[str, Term] = {}
    for value in values.get("dcterms:title", ()):
        by_language.setdefault(getattr(value, "language", None) or "", value)
    chosen = by_language.get("en") or next(iter(by_language.values()), None)
    return chosen.value if chosen else ""


@dataclass
class Pair:
    """A catalogue in two states; ``before`` and ``after`` are their days (ISO 8601).

    ``renamed`` maps the IRIs of renamed things in the new state to those in the old one. ``churn``
    counts records by key of :data:`kg.changes.model.CHURN`.
    """

    slug: str
    before: str
    after: str
    old: State
    new: State
    difference: Difference
    renamed: dict[str, str] = field(default_factory=dict)
    churn: Counter[str] = field(default_factory=Counter)

    @cached_property
    def things(self) -> list[tuple[str, Values, Values]]:
        """The described things that differ: IRI, and what the old and the new state say.

        A state that has no record of a thing says nothing. A renamed thing has its new IRI.
        """
        result = []
        names = {**dict.fromkeys(self.old.values), **dict.fromkeys(self.new.values)}
        former = set(self.renamed.values())
        for thing in sorted(names):
            if thing in former:
                continue
            old = _described(self.old.of(self.renamed.get(thing, thing)))
            new = _described(self.new.of(thing))
            if old or new:
                result.append((thing, old, new))
        return result

    def name(self, thing: str) -> str:
        """Return the label of a thing, preferably that of the new state."""
        name = self.new.name(thing)
        return self.old.name(thing) if name == thing else name

    def names(self, things: Iterable[str]) -> tuple[str, ...]:
        """Return the sorted labels of things."""
        return tuple(sorted(map(self.name, things)))

    def former(self, thing: str) -> str:
        """Return the IRI that a thing had in the old state."""
        return self.renamed.get(thing, thing)

    def event(self, kind: str, thing: str, prover: str = "", **fields: object) -> Event:
        """Make an event about a thing, with the records that prove it.

        ``prover`` is the thing whose new record proves it, by default the thing itself.
        """
        old, new = self.old.of(self.former(thing)), self.new.of(thing)
        event = Event(
            kind,
            thing,
            self.name(thing),
            title(new) or title(old),
            before=self.before,
            after=self.after,
            old_record=first(old, "prov:wasDerivedFrom"),
            new_record=first(self.new.of(prover or thing), "prov:wasDerivedFrom"),
            catalogue=self.slug,
            subjects=tuple(text for name in _SUBJECTS for text in texts(new or old, name)),
        )
        return replace(event, **fields)  # type: ignore[arg-type]

    def is_recent(self, date: str) -> bool:
        """Return whether a date may lie after the old state, with the precision that it has."""
        day, before = PartialDate.parse_lexical(date), PartialDate.parse(self.before)
        return day is not None and before is not None and day.last_day >= before


def _described(values: Values) -> Values:
    return values if "prov:wasDerivedFrom" in values else {}
