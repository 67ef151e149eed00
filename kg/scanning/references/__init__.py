"""Find the references to standards in the passages of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from kg.entities.match import suffix_words
from kg.entities.match.other_documents import lower
from kg.identifiers import mentions
from kg.identifiers.adoptions import adoption
from kg.identifiers.bodies.chinese import Chinese
from kg.identifiers.bodies.iso import Iso
from kg.identifiers.model import changed
from kg.identifiers.text import clean
from kg.scanning.passages import Passage
from kg.scanning.references import back_references, beside, clauses, continuations
from kg.scanning.references.designations import Found, find_starts, longest_at, narrow, read
from kg.scanning.references.distractors import is_reference
from kg.scanning.references.model import Clause, Reference
from kg.scanning.references.other_documents import other_document_ahead, other_document_behind

__all__ = ["Clause", "Reference", "find_references"]

_DUAL: Final = re.compile(r"\s*/\s*(?=ISO|IEC|CISPR|ITU)", re.IGNORECASE)
_JOINT: Final = re.compile(r"\s+and\s+|;\s*|\s*/\s*|\s+", re.IGNORECASE)
_ALWAYS_APART: Final = re.compile(r"\s+and\s+|;\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*(?:\||∣|｜|=|≡)\s*")
_EN_DASH: Final = re.compile(r"\s?[–—~～]\s?")
_DEGREE: Final = re.compile(r"[\s,，:：]*(?:IDT|MOD|NEQ|EQV)?\s?[)）]", re.IGNORECASE)
_TOLERANCE: Final = re.compile(
    r"(?<=^ISO \d{4})-(?=[A-Za-z]{1,2}$)|(?<=\d)-(?=M\d{1,2}$)|(?<=^ISO \d{5})-(?=[A-Za-z]{1,2}$)"
)
"""ISO 2768-mK, ISO 13920-BF: classes of tolerances."""
_TYPE: Final = re.compile(r"\.\d(?![\d.])")
_LAST_DIGIT: Final = re.compile(r"-(?=\d$)")
_NEAR: Final = 14


def find_references(passages: Iterable[Passage]) -> list[Reference]:
    """Return the references of the passages of a document, in order."""
    found: list[Reference] = []
    previous: list[Reference] = []
    above: dict[str, list[Reference]] = {}
    for passage in passages:
        own = _in_passage(passage)
        back = back_references.find_back_references(
            passage, own, previous, above.get(passage.column, [])
        )
        own = sorted([*own, *_apart(back, own)], key=lambda each: (each.start, each.end))
        own = _with_clauses(narrow(passage.text), own)
        if passage.column:
            above[passage.column] = own
        if passage.text.strip():
            previous = own
        found += own
    return found


def _apart(back: Iterable[Reference], own: list[Reference]) -> list[Reference]:
    return [
        each
        for each in back
        if all(each.end <= other.start or other.end <= each.start for other in own)
    ]


def _in_passage(passage: Passage) -> list[Reference]:
    """Return the references by number in a passage, without clauses."""
    text = narrow(passage.text)
    references: list[Reference] = []
    done = 0
    for start in find_starts(text):
        if start < done:
            continue
        found = longest_at(text, start)
        if found is None:
            continue
        found = _single(text, _with_whole_edition(text, found))
        follows = bool(references) and re.fullmatch(r"\s*[/|]\s*", text[done:start]) is not None
        found = beside.dated(text, found, done)
        own = _members(passage, text, found, done)
        goes_on = len(own) > 1 or _DUAL.match(text, found.end) is not None
        if not is_reference(text, found, after_reference=follows, goes_on=goes_on):
            done = found.end
            continue
        references += own
        done = max(each.end for each in own)
    return _with_duals(text, _with_ranges(text, references))


def _members(passage: Passage, text: str, found: Found, limit: int) -> list[Reference]:
    """Return the reference with those that its number continues to."""
    members = beside.with_part(text, found, limit)
    if not members:
        first = continuations.Member(*found, "full")
        rest = list(continuations.continued(text, found))
        members = [_dated_like_range(first, rest), *rest]
    return [Reference(passage, m.start, m.end, m.designation, m.form) for m in members]  # type: ignore[arg-type]


def _dated_like_range(
    first: continuations.Member, rest: list[continuations.Member]
) -> continuations.Member:
    """Return the first of a range with the year at its end: ``GB 150.1～150.4-2011``."""
    if (
        not rest
        or rest[0].form != "range"
        or first.designation.year
        or not rest[0].designation.year
    ):
        return first
    return first._replace(designation=changed(first.designation, year=rest[0].designation.year))


def _with_whole_edition(text: str, found: Found) -> Found:
    """Return a designation with the rest of an edition of IEC, which amendments number: ``3.2``."""
    if found.designation.edition and _TYPE.match(text, found.end):
        return found._replace(end=found.end + 2)
    return found


def _single(text: str, found: Found) -> Found:
    """Return the first of two numbers that a grammar reads as one designation."""
    written, designation = text[found.start : found.end], found.designation
    cut = None
    if isinstance(designation, Chinese) and mentions.split_dual(clean(written)):
        cut = _DUAL.search(written)
    elif designation.aliases and (isinstance(designation, Iso) or not written.endswith((")", "]"))):
        cut = next((joint for joint in _JOINT.finditer(written) if _parts(written, joint)), None)
    elif isinstance(designation, Iso):
        cut = _TOLERANCE.search(written)
        if _is_number_range(designation):
            cut = _EN_DASH.search(written)
    if cut is None and _TYPE.match(text, found.end):
        # EN 10204-3.1 cites a type of documents.
        cut = _LAST_DIGIT.search(written)
    if cut is None:
        return found
    first = read(written[: cut.start()])
    if first is None:
        return found
    return _single(text, Found(found.start, found.start + cut.start(), first))


def _parts(written: str, joint: re.Match[str]) -> bool:
    """Return whether two numbers are of two documents: joined by a word, or of one body."""
    first, second = written[: joint.start()], written[joint.end() :]
    if "(" in first:
        return False
    if _ALWAYS_APART.fullmatch(joint[0]):
        return True
    one, other = read(first), read(second.strip("()[]"))
    if one is None or other is None:
        return False
    # ISO and IEC give a document one number.
    both_iso = isinstance(one, Iso) and isinstance(other, Iso)
    return both_iso or one.publishers == other.publishers


def _is_number_range(designation: Iso) -> bool:
    """Return whether a part is the last number of a range: ``ISO 9000–9004``."""
    number, parts = designation.number, designation.parts
    if len(parts) != 1 or not (number.isdigit() and parts[0].isdigit()):
        return False
    return len(number) == len(parts[0]) > 3 and 0 < int(parts[0]) - int(number) <= 20  # noqa: PLR2004


def _with_ranges(text: str, references: list[Reference]) -> list[Reference]:
    """Return the references with those between two full numbers: ``GB/T 1.1～GB/T 1.3``."""
    ranged = references[:1]
    for first, second in pairwise(references):
        if continuations.is_range(text, first.end, second.start) and second.form == "full":
            ranged += [
                Reference(first.passage, m.start, m.end, m.designation, "range")
                for m in continuations.between(
                    first.designation, second.designation, first.start, second.end
                )
            ]
        ranged.append(second)
    return ranged


def _with_duals(text: str, references: list[Reference]) -> list[Reference]:
    """Return the references, those of dual numbers and stated adoptions with the other number."""
    paired = list(references)
    for at, (first, second) in enumerate(pairwise(references)):
        between = text[first.end : second.start]
        if len(between) > _NEAR or first.end > second.start:
            continue
        degree = _DEGREE.match(text, second.end)
        whole = text[first.start : degree.end() if degree else second.end]
        own, other = first.designation, second.designation
        stated = own.publishers != other.publishers and adoption(whole) is not None
        if _BETWEEN.fullmatch(between) or stated:
            paired[at] = replace(paired[at], dual=second.number)
            paired[at + 1] = replace(paired[at + 1], dual=first.number)
    return paired


@cache
def _all_parts() -> re.Pattern[str]:
    return re.compile(
        rf"\s?[(（,，]?\s?(?:{suffix_words.ALL_PARTS})(?!\w)|\s?[(（](?:所有|各|全)部分[)）]"
    )


def _with_clauses(text: str, references: list[Reference]) -> list[Reference]:
    """Return the references with the clauses that stand behind or before each."""
    ahead = [
        clauses.clauses_ahead(text, each.start, references[at - 1].end if at else 0)
        if each.form in ("full", "back")
        else ()
        for at, each in enumerate(references)
    ]
    begins = [
        min([each.start, *(clause.start for clause in own)])
        for each, own in zip(references, ahead, strict=True)
    ]
    cited = []
    for at, each in enumerate(references):
        later = (begin for begin in begins[at + 1 :] if begin >= each.end)
        limit = next(later, len(text))
        behind = clauses.clauses_behind(text, each.end, limit) if each.form != "range" else ()
        all_parts = _all_parts().match(lower(text[each.end : each.end + 40])) is not None
        other = "" if each.form == "range" else _other_document(text, references, at)
        cited.append(
            replace(each, clauses=ahead[at] or behind, all_parts=all_parts, other_document=other)
        )
    return cited


def _other_document(text: str, references: list[Reference], at: int) -> str:
    """Return the words behind or before a reference that name another document."""
    own, limit = references[at], references[at - 1].end if at else 0
    ahead = other_document_ahead(text, own.start, limit) if own.form != "listed" else ""
    return ahead or other_document_behind(text, own.end)
