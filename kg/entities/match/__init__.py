"""Match a list of references or names to entities, and report the status of each document.

Nothing is guessed. Several readings of a reference are tried, first the text as written; the first
reading found in the graph wins, and the result lists its assumptions. A spelling error is corrected
only if the correction leads to a single entity, and never in a digit or a Han character, where an
error gives another valid name. References without a match come back with candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from math import prod
from typing import Final

from kg.common.folding import fold
from kg.common.namespaces import expand
from kg.entities.document_status import DocumentStatus, document_status
from kg.entities.index import Name, NameIndex, name_index
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.index.words import split_words
from kg.entities.match import spellings
from kg.entities.match.model import WEIGHTS, Match, Reason
from kg.entities.match.spellings import Reading
from kg.entities.match.title_agreement import compare_titles
from kg.entities.resolution import candidates, is_known
from kg.identifiers import parse, undated
from kg.identifiers.adoptions import adoption
from kg.store import Store

__all__ = ["DocumentStatus", "Match", "Reason", "match"]

_MAX_OTHERS: Final = 8
_MAX_NAMES: Final = 50


def match(store: Store, texts: Iterable[str]) -> list[Match]:
    """Return a match for each text, in the order given.

    A text is a designation, with or without a title after it, a name, or an IRI. Equal texts are
    looked up once.
    """
    references = list(texts)
    index = name_index(store)
    matches = {text: _match(store, index, text) for text in dict.fromkeys(references)}
    return [matches[text] for text in references]


def _match(store: Store, index: NameIndex, text: str) -> Match:
    trimmed = spellings.trim(text)
    if not fold(trimmed):
        return Match(text, "", (Reason("empty"),))
    iri = expand(text.strip())
    if iri is not None and is_known(store, iri):
        status = document_status(store, index, iri.value)
        return Match(text, iri.value, (Reason("iri"),), 1.0, status)
    for reading in chain(spellings.readings(trimmed), _corrected(index, trimmed)):
        result = _match_reading(store, index, text, reading)
        if result is not None:
            return result
    return _no_match(text, *_explain(index, trimmed))


def _corrected(index: NameIndex, text: str) -> Iterator[Reading]:
    """Yield a reading for each kind of correction that leads to exactly one set of entities."""
    for correction, texts in (
        ("alike", spellings.swap_lookalikes(text)),
        ("mended", spellings.correct_spelling(text, index)),
    ):
        readings: dict[tuple[str, ...], Reading] = {}
        for reading in chain.from_iterable(map(spellings.readings, texts)):
            iris = tuple(name.iri for name in candidates(index, reading.text))
            if iris:
                readings.setdefault(iris, Reading(reading.text, correction, reading.rest))
        if len(readings) == 1:
            yield from readings.values()


def _match_reading(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """Return the match of a reading, or the reason against it; None for an unknown reading."""
    names = candidates(index, reading.text)
    if names and all(name.rank == Rank.TERM for name in names):
        # A reference more likely means a document or committee of that title.
        names += [name for name in index.find_same(reading.text) if name.rank < Rank.MENTIONED]
    iris = [name.iri for name in names]
    if not names:
        return _other_editions(index, text, reading)
    if len(names) > 1:
        return _no_match(text, Reason("several", str(len(names))), iris)
    [name] = names
    reasons = list(_reasons(reading, name))
    if reading.rest:
        titles = [title for _, title in index.titles(name.iri)]
        agreement = compare_titles(reading.rest, titles)
        if agreement == "other-title":
            return _no_match(text, Reason(agreement, titles[0] if titles else ""), iris)
        reasons.append(Reason(agreement, reading.rest))
    alternatives = chain(
        (other for _, other in index.editions(reading.text)), index.find_same(reading.text)
    )
    others = [
        other.iri
        for other in alternatives
        if other.rank not in NOT_AN_EDITION and other.iri != name.iri
    ]
    score = round(prod(WEIGHTS[reason.key] for reason in reasons), 2)
    status = document_status(store, index, name.iri)
    return Match(text, name.iri, tuple(reasons), score, status, _first(others))


def _reasons(reading: Reading, name: Name) -> Iterator[Reason]:
    wanted, own = parse(reading.text), parse(name.text)
    if name.is_title:
        yield Reason("title")
    elif fold(name.text) == fold(reading.text):
        yield Reason("same")
    else:
        yield Reason("designated")
    if wanted and own and str(undated(own)) != str(own) and str(undated(wanted)) == str(wanted):
        yield Reason("undated")
    if reading.correction:
        yield Reason(reading.correction, str(wanted or reading.text))


def _other_editions(index: NameIndex, text: str, reading: Reading) -> Match | None:
    wanted = parse(reading.text)
    if wanted is None or str(undated(wanted)) == str(wanted):
        return None
    names = index.editions(str(undated(wanted)))
    editions = [name.iri for _, name in names if name.rank not in NOT_AN_EDITION]
    return _no_match(text, Reason("other-edition", str(wanted)), editions) if editions else None


def _explain(index: NameIndex, text: str) -> tuple[Reason, list[str]]:
    """Return the reason why a text has no match, and the IRIs of candidates."""
    designations = list(spellings.find_designations(text))
    if designations:
        # What is asked for may adopt a document that is known (EN ISO 9001).
        adopted = [str(found.original) for each in designations if (found := adoption(each))]
        wanted = (*designations, *adopted)
        known = [name.iri for each in wanted for name in candidates(index, each)]
        return Reason("more" if known else "no-such-number", ", ".join(designations)), known
    containing = chain(index.find_prefix(text), index.find_phrase(text), index.find_words(text))
    iris = _eligible(text, islice(containing, _MAX_NAMES))
    if iris:
        return Reason("part"), iris
    iris = _eligible(text, index.nearest(text, _MAX_NAMES))
    return Reason("similar" if iris else "unknown"), iris


def _eligible(text: str, names: Iterable[Name]) -> list[str]:
    """Return the entities of names with all numbers of the text, without terms and claims."""
    numbers = {word for word in split_words(text) if word.isdigit()}
    return [
        name.iri
        for name in names
        if name.rank < Rank.TERM and numbers <= set(split_words(name.text))
    ]


def _no_match(text: str, reason: Reason, others: Iterable[str]) -> Match:
    return Match(text, "", (reason,), others=_first(others))


def _first(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(iris), _MAX_OTHERS))
