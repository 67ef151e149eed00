"""Match a list of references or names to entities, and report the status of each document.

Nothing is guessed. Several readings of a reference are tried, first the text as written; the first
reading found in the graph wins, and the result lists its assumptions. A spelling error is corrected
only if the correction leads to a single entity, and never in a digit or a Han character, where an
error gives another valid name. References without a match come back with candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.common.dates import PartialDate
from kg.common.folding import fold
from kg.common.namespaces import expand
from kg.entities.as_of import status_reader
from kg.entities.document_status import DocumentStatus, document_status
from kg.entities.index import NameIndex, name_index
from kg.entities.match import addresses, corrections, short_forms
from kg.entities.match.adoptions import Adoption, conventional_adoption, stated_adoption
from kg.entities.match.designation_search import split_heads, split_pair
from kg.entities.match.lookup import is_document, match_reading, matched
from kg.entities.match.model import Match, Reason
from kg.entities.match.readings import Reading, readings, trim, without_kind
from kg.entities.match.refusals import explain, known, no_match, refuse_adoption
from kg.entities.resolution import candidates, is_known
from kg.identifiers import parse
from kg.store import Store

__all__ = ["DocumentStatus", "Match", "Reason", "match"]


def match(store: Store, texts: Iterable[str], day: PartialDate | None = None) -> list[Match]:
    """Return a match for each text, in the order given.

    The status is that on a ``day``, by default the latest known; what a reference means doesn't
    depend on it.

    A text is a designation, with or without a title after it, a name, an IRI, a web address, a DOI
    or an ISBN. Equal texts are looked up once.
    """
    references = list(texts)
    index = name_index(store)
    matches = {text: _match(store, index, text) for text in dict.fromkeys(references)}
    if day is not None:
        status_of = status_reader(store, index, day)
        matches = {
            text: replace(each, status=status_of(each.iri)) if each.iri else each
            for text, each in matches.items()
        }
    return [matches[text] for text in references]


def _match(store: Store, index: NameIndex, text: str) -> Match:
    trimmed = trim(text)
    if not fold(trimmed):
        return Match(text, "", (Reason("empty"),))
    for attempt in _ATTEMPTS:
        result = attempt(store, index, text, trimmed)
        if result is not None:
            return result
    return no_match(text, *explain(store, index, trimmed))


def _by_address(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    address = None if addresses.is_own(text) else addresses.read_address(trimmed)
    if address is None:
        return None
    found = addresses.documents_at(store, index, address)
    if not found and (named := addresses.designation_at(address)):
        result = _by_reading(store, index, text, named)
        return result or no_match(text, *explain(store, index, named))
    if len(found) > 1:
        return no_match(text, Reason("several", str(len(found))), found)
    if found:
        reasons = [Reason("address", address.text)]
        return matched(store, index, text, found[0], reasons, ())
    iri = expand(text.strip())
    is_certain = address.kind == "doi" or "isbn" in text.casefold() or "://" in trimmed
    if (iri is not None and is_known(store, iri)) or parse(trimmed) or not is_certain:
        return None
    return no_match(text, Reason("no-such-address", address.text), ())


def _by_both(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    """Return the match of a reference with an address behind it; refuse if they contradict."""
    split = addresses.split_address(trimmed)
    if split is None:
        return None
    head, address = split
    result = replace(_match(store, index, head), text=text)
    if not result.iri:
        return result
    found = addresses.documents_at(store, index, address)
    if found and result.iri not in found:
        return no_match(text, Reason("pair", f"{head}, {address.text}"), (result.iri, *found))
    remark = Reason("address" if found else "remark", address.text)
    return replace(result, reasons=(*result.reasons, remark))


def _by_iri(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    del trimmed
    iri = expand(text.strip())
    if iri is None or not is_known(store, iri):
        return None
    return Match(text, iri.value, (Reason("iri"),), 1.0, document_status(store, index, iri.value))


def _by_adoption(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    adoption = None if candidates(index, trimmed) else stated_adoption(trimmed)
    return _adopted(store, index, text, adoption) if adoption else None


def _by_convention(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    adoption = conventional_adoption(without_kind(trimmed))
    return refuse_adoption(store, index, text, adoption) if adoption else None


def _adopted(store: Store, index: NameIndex, text: str, adoption: Adoption) -> Match | None:
    adopting = candidates(index, adoption.adopter) if adoption.adopter else []
    if len(adopting) == 1 and is_document(index, adopting[0]):
        original = f"{adoption.original}, {adoption.degree}".removesuffix(", ")
        result = match_reading(store, index, text, Reading(adoption.adopter))
        if result is not None and result.iri:
            reasons = [*result.reasons, Reason("adopts", original)]
            return matched(store, index, text, result.iri, reasons, result.others)
    return refuse_adoption(store, index, text, adoption)


def _by_reading(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    result = _first_result(store, index, text, _readings(index, trimmed))
    if result and result.status.key == "draft" and result.reasons[0].key == "title":
        # A draft titled with the abbreviation isn't meant if a document is known by it.
        return _by_abbreviation(store, index, text, trimmed) or result
    return result


def _by_short_form(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    """Return the result of a number without its body, or of an abbreviated title."""
    full = short_forms.with_body(index, without_kind(trimmed))
    if len(full) > 1:
        return no_match(text, Reason("several", str(len(full))), known(index, full))
    if not full and (pair := short_forms.pair_with_body(index, trimmed)):
        return no_match(text, Reason("pair", ", ".join(pair)), known(index, pair))
    found = [
        Reading(reading.text, "written", reading.suffix)
        for each in full
        for reading in _readings(index, each)
    ]
    result = _first_result(store, index, text, found)
    return result or _by_abbreviation(store, index, text, trimmed)


def _by_abbreviation(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    works = short_forms.abbreviated_works(index, trimmed)
    return (
        match_reading(store, index, text, Reading(works[0], "abbreviated"))
        if len(works) == 1
        else None
    )


def _by_correction(store: Store, index: NameIndex, text: str, trimmed: str) -> Match | None:
    heads = split_heads(trimmed, lambda name: _names_document(index, name))
    if known(index, (head for head, _ in heads)):
        # A number that is spelled right needs no correction.
        return None
    return _first_result(store, index, text, _corrected(index, trimmed))


def _first_result(
    store: Store, index: NameIndex, text: str, found: Iterable[Reading]
) -> Match | None:
    for reading in found:
        result = match_reading(store, index, text, reading)
        if result is not None and not result.iri and result.reasons[0].key == "other-title":
            # What looks like the title can be a second number.
            result = _by_pair(index, text) or result
        if result is not None:
            return result
    return None


def _by_pair(index: NameIndex, text: str) -> Match | None:
    pair = split_pair(trim(text))
    return no_match(text, Reason("pair", ", ".join(pair)), known(index, pair)) if pair else None


def _readings(index: NameIndex, text: str) -> Iterator[Reading]:
    return readings(text, lambda name: _names_document(index, name))


def _names_document(index: NameIndex, text: str) -> bool:
    return any(not name.is_title and is_document(index, name) for name in index.find_same(text))


def _corrected(index: NameIndex, text: str) -> Iterator[Reading]:
    """Yield a reading for each kind of correction that leads to exactly one set of entities."""
    for correction, texts in (
        ("alike", corrections.swap_lookalikes(text)),
        ("mended", corrections.correct_spelling(text, index)),
    ):
        found: dict[tuple[str, ...], Reading] = {}
        for other in texts:
            for reading in _readings(index, other):
                iris = tuple(name.iri for name in candidates(index, reading.text))
                if iris:
                    found.setdefault(iris, Reading(reading.text, correction, reading.suffix))
        if len(found) == 1:
            yield from found.values()


_ATTEMPTS: Final = (
    _by_address,
    _by_both,
    _by_iri,
    _by_adoption,
    _by_reading,
    _by_convention,
    _by_short_form,
    _by_correction,
)
