"""What the cells of a list say: documents with their degree, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, mentions, parse
from kg.identifiers.text import clean
from kg.sources.documents.references import (
    DocumentReference,
    document_of_designation,
    document_of_identifier,
)

_NOTHING: Final = re.compile(
    r"(?:[-—–_/\\.。*×]*|无|否|没有|暂无|不详|未知|不适用|未采用|未采标|非采标|新制定|首次(?:发布|制定)|制定|n/?a|none|null|nil|no)",
    re.IGNORECASE,
)
_NOTHING_BEGINS: Final = frozenset("-—–_/\\.。*×无否没暂不未非新首制nN \t\r\n\u3000\xa0") | {""}
_DEGREES: Final = {
    "等同采用": "IDT",
    "等同": "IDT",
    "修改采用": "MOD",
    "修改": "MOD",
    "非等效采用": "NEQ",
    "非等效": "NEQ",
    "≡": "IDT",
    "idt": "IDT",
    "identical": "IDT",
    "mod": "MOD",
    "modified": "MOD",
    "neq": "NEQ",
    "not equivalent": "NEQ",
    # Degrees of before 2001 that have no equal today; see kg.identifiers.mentions.
    "等效采用": "",
    "等效": "",
    "参照采用": "",
    "参照": "",
    "eqv": "",
    "equivalent": "",
    "ref": "",
}
_LATIN_DEGREES, _HAN_DEGREES = (
    "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for words in (
        [word for word in _DEGREES if word.isascii()],
        [word for word in _DEGREES if not word.isascii()],
    )
)
_DEGREE: Final = re.compile(
    # Neither a denial (不等同, not identical) nor an amendment (修改单).
    rf"((?<![A-Za-z])(?<!not )(?<!non-)(?:{_LATIN_DEGREES})(?![A-Za-z])"
    rf"|(?<![不非])(?:{_HAN_DEGREES})(?!单))",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(
    r"[、;；，\r\n]+|,(?!\d{3}(?!\d))|(?<=\d)\s*(?:和|及|与|以及)\s*(?=[A-Z])"
)
_NEXT: Final = re.compile(r"(?<=[-—–:]\d{4})\s+(?=[A-Z]{1,6}(?:/[A-Z]+)? ?[A-Z]?\d|[TQ]/[A-Z])")
_REPLACED_BY: Final = re.compile(r"^已?(?:被|由)(.+?)(?:所)?(?:(全部|部分))?(?:代替|替代|取代)$")
_REPLACED_WORD: Final = re.compile("代替|替代|取代")
_REPLACES: Final = re.compile(r"^(全部|部分)?(?:代替|替代|取代)(?:标准)?[::]?(.+)$")
_PARTLY: Final = re.compile(
    r"部分(?:代替|替代)|\bin part\b|\bpartly\b|\bpartial(?:ly)?\b", re.IGNORECASE
)
_LEAD: Final = re.compile(r"^.*?[\u4e00-\u9fff] ?[:：]")
_QUOTED_TITLE: Final = re.compile(r"《.*?》")
_EMPTY_BRACKETS: Final = re.compile(r"[(\[]\s*[,，]?\s*[)\]]")
_NOTE: Final = re.compile(r"([^()]*\d)\s*\([^()]*\)")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_BEFORE_HAN: Final = re.compile(r"(?<=[-—–:]\d{4})(?=[\u4e00-\u9fff])")
_CONTINUED: Final = re.compile(r"\d+(?:\.\d+)*-(?:19|20)\d\d")
_LIKE_NUMBER: Final = re.compile(r"(?=\w)(?=.*[A-Za-z])(?=.*\d).{2,80}")
_BRACKET: Final = re.compile(r"[(（[]")
_NAME_SEPARATORS: Final = "、;；，,\n\r"
_NAME_SEPARATOR: Final = re.compile(f"[{_NAME_SEPARATORS}]")
_MAX_WORDS: Final = 8
_MAX_NAME: Final = 150

_FOLDED: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class CellDocument:
    """A document that a cell names.

    ``degree`` is that of an adoption (empty if it isn't told), ``rest`` what follows the number,
    such as a title. ``by`` is ``replaces`` or ``replaced-by`` if the cell says so itself, and
    ``partly`` tells that only a part is replaced. ``original`` is the document that this one
    adopts, if the cell says so.
    """

    reference: DocumentReference
    degree: str = ""
    rest: str = ""
    by: str = ""
    partly: bool = False
    original: DocumentReference | None = None


@dataclass(frozen=True)
class CellDocuments:
    """The documents of a cell, in their order, and the parts of it that name none."""

    documents: tuple[CellDocument, ...]
    unread: tuple[str, ...] = ()


def says_nothing(text: str) -> bool:
    """Return whether a cell says that there is nothing: ``无``, ``—``, ``N/A``."""
    # Most cells say something, as their first character tells.
    return text[:1] in _NOTHING_BEGINS and _NOTHING.fullmatch(text.strip()) is not None


@lru_cache(maxsize=16384)
def documents_of(text: str, separator: str = "") -> CellDocuments:
    """Return the documents that a cell names.

    >>> [each.reference.name for each in documents_of("GB/T 1-2000、GB/T 2—2001").documents]
    ['GB/T 1—2000', 'GB/T 2—2001']
    >>> [each] = documents_of("ISO 9001:2015, IDT").documents
    >>> each.reference.name, each.degree
    ('ISO 9001:2015', 'IDT')
    """
    text = text.strip()
    if says_nothing(text):
        return CellDocuments(())
    parts = list(_parts(text, separator))
    whole = None if separator else _read(text)
    if whole is not None and not whole.rest and not _are_documents(parts):
        return CellDocuments((whole,))
    if (
        len(parts) > 1
        and (match := _REPLACED_BY.match(text))
        and not _REPLACED_WORD.search(match[1])
    ):
        several = documents_of(match[1], separator)
        return replace(
            several,
            documents=tuple(
                replace(each, by="replaced-by", partly=match[2] == "部分")
                for each in several.documents
            ),
        )
    found: list[CellDocument] = []
    unread: list[str] = []
    for part in parts:
        document = _read(part) or _continued(part, found)
        if document is not None:
            goes_on = found and found[-1].by and not document.by
            found.append(replace(document, by=found[-1].by) if goes_on else document)
        elif found and (degree := degree_of(part)) is not None:
            # The degree of what stands before it.
            found[-1] = replace(found[-1], degree=degree)
        else:
            unread.append(part)
    if whole is not None and len(found) < 2 and (unread or not found):  # noqa: PLR2004
        # What follows is a title that has the separators of lists.
        return CellDocuments((whole,))
    return CellDocuments(tuple(found), tuple(unread))


def unparsed_document(text: str) -> DocumentReference | None:
    """Return the document of a number that no grammar reads; None for what is no number.

    >>> unparsed_document("企标-A01").name, unparsed_document("合计")
    ('企标-A01', None)
    """
    if not _LIKE_NUMBER.fullmatch(text) or len(text.split()) > _MAX_WORDS:
        return None
    return document_of_identifier("", text)


def degree_of(text: str) -> str | None:
    """Return the degree that a text consists of, empty for one without an equal today, or None.

    >>> degree_of("等同采用（IDT）"), degree_of("修改"), degree_of("eqv"), degree_of("是")
    ('IDT', 'MOD', '', None)
    """
    plain = unicodedata.normalize("NFKC", text)
    found = {_DEGREES[match.casefold()] for match in _DEGREE.findall(plain)}
    rest = _FOLDED.sub("", _DEGREE.sub("", plain))
    return found.pop() if len(found) == 1 and rest in ("", "采用") else None


def degrees_of(text: str, count: int) -> tuple[str, ...] | None:
    """Return the degrees of so many adopted documents; None for a cell that says otherwise."""
    parts = [degree_of(part) for part in _SEPARATOR.split(text) if part.strip()]
    if degree_of(text) is not None:
        parts = [degree_of(text)]
    if None in parts or len(parts) not in (1, count):
        return None
    degrees = tuple(part or "" for part in parts)
    return degrees * count if len(degrees) == 1 else degrees


def names_of(text: str, separator: str = "") -> Iterator[str]:
    """Yield the names of organizations in a cell; separators inside brackets don't count.

    >>> list(names_of("浙江大学（杭州、宁波）、中国标准化研究院等。"))
    ['浙江大学（杭州、宁波）', '中国标准化研究院']
    """
    separators = separator or _NAME_SEPARATORS
    for part in _outside_brackets(text, separators):
        name = " ".join(part.split()).rstrip("。.").removesuffix("等").strip()
        if name and len(name) <= _MAX_NAME and not says_nothing(name):
            yield name


def _outside_brackets(text: str, separators: str) -> list[str]:
    """Split a text at single characters that stand outside of brackets."""
    if not _BRACKET.search(text):
        if separators == _NAME_SEPARATORS:
            return _NAME_SEPARATOR.split(text)
        return re.split(f"[{re.escape(separators)}]", text)
    parts: list[str] = []
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "(（[") - (sign in ")）]" and depth > 0)
        if sign in separators and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _parts(text: str, separator: str) -> Iterator[str]:
    for part in text.split(separator) if separator else _SEPARATOR.split(text):
        for each in _NEXT.split(part):
            if each.strip() and not says_nothing(each):
                yield each.strip()


def _are_documents(parts: Sequence[str]) -> bool:
    """Return whether several parts each are a number, which together can read as one with aliases.

    ``ISO 1:2000; ISO 2:2000`` are two documents in a list.
    """
    return len(parts) > 1 and all(
        parse(_DEGREE.sub(" ", unicodedata.normalize("NFKC", part))) is not None for part in parts
    )


def _read(part: str) -> CellDocument | None:
    """Read a text that names one document, with what else it says of it."""
    designation = parse(part)
    if designation is not None:
        return CellDocument(document_of_designation(designation))
    plain = unicodedata.normalize("NFKC", part).strip(" \"'“”。.")
    by, partly = "", False
    if match := _REPLACED_BY.match(plain):
        by, plain, partly = "replaced-by", match[1], match[2] == "部分"
    elif match := _REPLACES.match(plain):
        by, plain, partly = "replaces", match[2], match[1] == "部分"
    partly = partly or _PARTLY.search(plain) is not None
    mention = mentions.split(clean(plain)) if len(plain) < _MAX_NAME else None
    if mention and (adopting := parse(mention.adopting)) and (other := parse(mention.original)):
        original = document_of_designation(other)
        return CellDocument(
            document_of_designation(adopting), mention.degree, "", by, partly, original
        )
    degree = _DEGREE.search(plain)
    rest = _DEGREE.sub(" ", _QUOTED_TITLE.sub(" ", _PARTLY.sub(" ", plain)))
    found, after = _leading(rest)
    if found is None:
        found, after = _without_note(rest.strip()), ""
    if found is None and (lead := _LEAD.match(rest)):
        found, after = _leading(rest[lead.end() :])
    if found is None:
        return None
    title = _QUOTED_TITLE.findall(plain)
    return CellDocument(
        document_of_designation(found),
        _DEGREES[degree[1].casefold()] if degree else "",
        title[0].strip("《》") if title else _as_written(after, part),
        by,
        partly,
    )


def _as_written(after: str, part: str) -> str:
    """Return what follows a number with the punctuation and words that the cell has."""
    han = _HAN.search(part)
    return part[han.start() :].strip() if han and _HAN.match(after) else after


def _without_note(text: str) -> Designation | None:
    """Return the designation before a note in brackets: ``GB 50016-2014 (2018年版)``."""
    match = _NOTE.fullmatch(text)
    return parse(match[1]) if match else None


def _leading(text: str) -> tuple[Designation | None, str]:
    """Return the designation with which a text begins, and what follows it."""
    words = _BEFORE_HAN.sub(" ", _EMPTY_BRACKETS.sub("", text)).strip(" ,，:=()[]").split()
    for count in range(min(len(words), _MAX_WORDS), 0, -1):
        found = parse(" ".join(words[:count]))
        if found is not None:
            return found, " ".join(words[count:])
    return None, ""


def _continued(part: str, before: list[CellDocument]) -> CellDocument | None:
    """Read a number that goes on with the letters of the one before: ``GB/T 1-2000、2-2001``."""
    cleaned = clean(part)
    if not before or not _CONTINUED.fullmatch(cleaned):
        return None
    letters = re.match(r"\D+", before[-1].reference.name)
    found = parse(f"{letters[0]}{cleaned}") if letters else None
    return CellDocument(document_of_designation(found)) if found else None
