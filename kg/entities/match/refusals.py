"""Explain why a reference has no match, with candidates."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from kg.entities.editions import all_editions
from kg.entities.hit_order import Found
from kg.entities.index import NameIndex
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.index.words import split_words
from kg.entities.match.adoptions import Adoption
from kg.entities.match.designation_search import find_designations, split_aliases, split_pair
from kg.entities.match.model import Match, Reason
from kg.entities.resolution import candidates
from kg.entities.search import find
from kg.identifiers import Designation, parse, undated
from kg.identifiers.model import changed
from kg.store import Store

_MAX_OTHERS: Final = 8
_MAX_NAMES: Final = 50


def no_match(text: str, reason: Reason, others: Iterable[str]) -> Match:
    """Return the result of a reference without a match, with the IRIs of candidates."""
    return Match(text, "", (reason,), others=first(others))


def first(iris: Iterable[str]) -> tuple[str, ...]:
    """Return the first distinct IRIs, as many as a result lists."""
    return tuple(islice(dict.fromkeys(iris), _MAX_OTHERS))


def explain(store: Store, index: NameIndex, text: str) -> tuple[Reason, list[str]]:
    """Return the reason why a text has no match, and the IRIs of candidates."""
    pair = split_pair(text) if parse(text) is None else several_numbers(index, text)
    if pair:
        return Reason("pair", ", ".join(pair)), known(index, pair)
    designations = list(find_designations(text))
    if designations:
        found = known(index, designations)
        if not found and len(designations) == 1:
            return _unknown_number(index, designations[0])
        return Reason("more" if found else "no-such-number", ", ".join(designations)), found
    hits = find(index, text, limit=_MAX_NAMES)
    iris = _eligible(text, hits)
    reason = {"similar": "similar", "known": "topic"}.get(hits[0].match if hits else "", "part")
    return Reason(reason if iris else "unknown"), iris


def several_numbers(index: NameIndex, text: str) -> list[str]:
    """Return the designations of several documents that a designation joins by slashes or plus.

    ``ITU-T H.264/H.265`` names two; ``ITU-T G.709/Y.1331`` has two numbers of one document. A
    document with supplements is one if it has been published as such.
    """
    designation = parse(text)
    if designation is None:
        return []
    if any(supplement.included for supplement in designation.supplements):
        return _unconsolidated(index, designation)
    numbers = split_aliases(designation)
    return [] if numbers and _has_all_numbers(index, designation) else numbers


def _unconsolidated(index: NameIndex, designation: Designation) -> list[str]:
    """Return the document and its supplements, unless the consolidated version is known."""
    consolidated = (designation.variant, "CSV")
    forms = (str(changed(designation, variant=variant)) for variant in consolidated)
    if any(candidates(index, form) for form in forms):
        return []
    base = changed(designation, supplements=(), variant="")
    supplements = [changed(each, included=False) for each in designation.supplements]
    return [str(base), *(str(changed(base, supplements=(each,))) for each in supplements)]


def _has_all_numbers(index: NameIndex, wanted: Designation) -> bool:
    """Return whether any document, of any date, has all the numbers of a designation."""
    numbers = {number.casefold() for number in (wanted.number, *wanted.aliases)}
    return any(
        numbers <= {number.casefold() for number in (own.number, *own.aliases)}
        for text in split_aliases(wanted)
        for own, _ in index.editions(str(undated(parse(text) or wanted)))
    )


def known(index: NameIndex, texts: Iterable[str]) -> list[str]:
    """Return the IRIs of what the texts mean."""
    return [name.iri for text in texts for name in candidates(index, text)]


def refuse_adoption(store: Store, index: NameIndex, text: str, adoption: Adoption) -> Match:
    """Return the result of a reference to an adoption that no catalogue lists."""
    originals = known(index, [adoption.original])
    original = adoption.original
    if not originals and (designation := parse(original)):
        # By convention, the year is that of the adoption.
        original = original if adoption.degree else str(undated(designation))
        originals = other_editions(store, index, original)
    value = f"{original}, {adoption.degree}" if adoption.degree else original
    return no_match(text, Reason("adoption", value), originals)


def has_catalogue(index: NameIndex, designation: Designation) -> bool:
    """Return whether any document of the same bodies is described."""
    letters = str(designation).partition(designation.number[:1])[0].strip(" -/") or str(designation)
    names = islice(index.find_prefix(letters), _MAX_NAMES)
    return any(
        name.rank < Rank.MENTIONED
        and (own := parse(name.text)) is not None
        and type(own) is type(designation)
        for name in names
    )


def _unknown_number(index: NameIndex, text: str) -> tuple[Reason, list[str]]:
    designation = parse(text)
    if designation is not None and not has_catalogue(index, designation):
        return Reason("recognized", str(designation)), []
    if designation is None:
        return Reason("no-such-number", text), []
    bare = changed(designation, supplements=(), variant="", stage="", iteration="")
    if bare == designation:
        return Reason("no-such-number", str(designation)), []
    base = str(bare)
    supplements = [name.iri for name in index.find_prefix(base) if name.rank < Rank.MENTIONED]
    return Reason("no-such-number", str(designation)), [*known(index, [base]), *supplements]


def _eligible(text: str, found: Iterable[Found]) -> list[str]:
    """Return the entities of names with all numbers of the text, without terms and claims."""
    numbers = {word for word in split_words(text) if word.isdigit()}
    return [
        name.iri
        for _, match, name, *_ in found
        if name.rank < Rank.TERM and (match == "known" or numbers <= set(split_words(name.text)))
    ]


def other_editions(store: Store, index: NameIndex, text: str) -> list[str]:
    """Return the IRIs of the described editions of the document of a designation."""
    return [
        name.iri for name in all_editions(store, index, text) if name.rank not in NOT_AN_EDITION
    ]
