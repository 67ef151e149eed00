"""A list of references or names held against the graph: what each one means, and what became of it.

Nothing is guessed. A reference is read in one way after the other, as it is written first; the
first reading by which anything is known decides, and says what it took for granted. One error in
spelling is mended only where one thing alone can be meant, and never in a digit or a Han character,
where an error makes another name just as good. What is left comes back with what it may mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from math import prod
from typing import Final

from kg.common.folding import fold
from kg.common.namespaces import expand
from kg.entities.index import Name, NameIndex, of_store
from kg.entities.index.schema import UNDATED, Rank
from kg.entities.index.words import words
from kg.entities.match import document_status
from kg.entities.match import spellings as readings
from kg.entities.match.model import WEIGHTS, Match, Reason, Standing
from kg.entities.match.spellings import Reading
from kg.entities.match.title_agreement import agrees
from kg.entities.resolution import known, meant
from kg.identifiers import parse, undated
from kg.store import Store

__all__ = ["Match", "Reason", "Standing", "match"]

_OFFERED: Final = 8
"""So many candidates are given at most."""
_READ: Final = 50


def match(store: Store, texts: Iterable[str]) -> list[Match]:
    """What each text means, in the order given; equal texts are looked up once.

    A text is a designation, with the title behind it or not, a name, or an IRI.
    """
    asked = list(texts)
    index = of_store(store)
    answers = {text: _match(store, index, text) for text in dict.fromkeys(asked)}
    return [answers[text] for text in asked]


def _match(store: Store, index: NameIndex, text: str) -> Match:
    bare = readings.trimmed(text)
    if not fold(bare):
        return Match(text, "", (Reason("empty"),))
    iri = expand(text.strip())
    if iri is not None and known(store, iri):
        reason = Reason("iri")
        return Match(
            text, iri.value, (reason,), 1.0, document_status.of_thing(store, index, iri.value)
        )
    for reading in chain(readings.plain(bare), _mended(index, bare)):
        answer = _read(store, index, text, reading)
        if answer is not None:
            return answer
    return _refused(text, *_offers(index, bare))


def _mended(index: NameIndex, text: str) -> Iterator[Reading]:
    """Other spellings, of each kind the one that leads to a single thing, if only one does."""
    for how, spellings in (
        ("alike", readings.alike(text)),
        ("mended", readings.respelled(text, index)),
    ):
        leads: dict[tuple[str, ...], Reading] = {}
        for reading in chain.from_iterable(map(readings.plain, spellings)):
            things = tuple(name.iri for name in meant(index, reading.text))
            if things:
                leads.setdefault(things, Reading(reading.text, how, reading.rest))
        if len(leads) == 1:
            yield from leads.values()


def _read(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """What a reading leads to; None where nothing is known by it."""
    names = meant(index, reading.text)
    if names and all(name.rank == Rank.TERM for name in names):
        # Who lists references may mean a document or committee of that title as well.
        names += [name for name in index.called(reading.text) if name.rank < Rank.MENTIONED]
    iris = [name.iri for name in names]
    if not names:
        return _only_other_editions(index, text, reading)
    if len(names) > 1:
        return _refused(text, Reason("several", str(len(names))), iris)
    [name] = names
    reasons = list(_reasons(reading, name))
    if reading.rest:
        titles = [title for _, title in index.titles(name.iri)]
        told = agrees(reading.rest, titles)
        if told == "other-title":
            return _refused(text, Reason(told, titles[0] if titles else ""), iris)
        reasons.append(Reason(told, reading.rest))
    alike = chain((other for _, other in index.editions(reading.text)), index.called(reading.text))
    others = [other.iri for other in alike if other.rank not in UNDATED and other.iri != name.iri]
    score = round(prod(WEIGHTS[reason.key] for reason in reasons), 2)
    state = document_status.of_thing(store, index, name.iri)
    return Match(text, name.iri, tuple(reasons), score, state, _first(others))


def _reasons(reading: Reading, name: Name) -> Iterator[Reason]:
    asked, held = parse(reading.text), parse(name.text)
    if name.is_title:
        yield Reason("title")
    elif fold(name.text) == fold(reading.text):
        yield Reason("same")
    else:
        yield Reason("designated")
    if asked and held and str(undated(held)) != str(held) and str(undated(asked)) == str(asked):
        yield Reason("undated")
    if reading.how:
        yield Reason(reading.how, str(asked or reading.text))


def _only_other_editions(index: NameIndex, text: str, reading: Reading) -> Match | None:
    asked = parse(reading.text)
    if asked is None or str(undated(asked)) == str(asked):
        return None
    found = index.editions(str(undated(asked)))
    editions = [name.iri for _, name in found if name.rank not in UNDATED]
    return _refused(text, Reason("other-edition", str(asked)), editions) if editions else None


def _offers(index: NameIndex, text: str) -> tuple[Reason, list[str]]:
    """Why it is no match, and what may be meant."""
    inside = list(readings.inside(text))
    if inside:
        held = [name.iri for one in inside for name in meant(index, one)]
        return Reason("more" if held else "no-such-number", ", ".join(inside)), held
    part = chain(index.beginning(text), index.holding(text), index.holding_all(text))
    found = _things(text, islice(part, _READ))
    if found:
        return Reason("part"), found
    found = _things(text, index.nearest(text, _READ))
    return Reason("similar" if found else "unknown"), found


def _things(text: str, names: Iterable[Name]) -> list[str]:
    """The things of some names, without terms and claims; another number is another document."""
    numbers = {word for word in words(text) if word.isdigit()}
    return [
        name.iri for name in names if name.rank < Rank.TERM and numbers <= set(words(name.text))
    ]


def _refused(text: str, reason: Reason, offered: Iterable[str]) -> Match:
    return Match(text, "", (reason,), others=_first(offered))


def _first(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(iris), _OFFERED))
