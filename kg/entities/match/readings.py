"""Alternative readings of a reference, those with the fewest changes first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from kg.entities.match.designation_search import split_head, split_heads
from kg.entities.match.other_documents import OtherDocument
from kg.entities.match.suffixes import NO_SUFFIX, Suffix, read_suffix
from kg.identifiers import parse
from kg.identifiers.model import changed
from kg.identifiers.text import clean

_AROUND: Final = " \t\r\n,;.、，；。·*•"
_PAIRS: Final = (
    ("《", "》"),
    ("“", "”"),
    ('"', '"'),
    ("'", "'"),
    ("「", "」"),
    ("『", "』"),
    ("«", "»"),
    ("„", "“"),
)
_LIST_NUMBER: Final = re.compile(r"\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)、]\s+")
# A word for the kind of standard before the number doesn't change which standard is meant.
_KIND: Final = re.compile(
    r"(?:(?:中国|中华人民共和国)?(?:推荐性|强制性)?(?:国家|行业|地方|团体|企业|国际)?标准(?:编号)?"
    r"|(?:國家|國際|国際)?(?:標準|規格)|日本(?:工業|産業)規格"
    r"|(?:(?:the|la|le|die|der) )?(?:international )?"
    r"(?:(?:standard|recommendation|(?:internationale )?norm|norme(?: internationale)?"
    r"|norma(?: internacional)?)(?![a-z])|rec\.)|(?:международный )?стандарт(?!\w)"
    r"|(?:the|la|le|die|der)(?= [A-Z]{2}))[\s:：]*(?=[^\W\d_])",
    re.IGNORECASE,
)
_STANDARD: Final = re.compile(
    r"(?<=[A-Za-z])[ -]+(?:(?:Standards?|Std\.?|Norme?|Norma)(?:[ -]+(?:No\.?|Nr\.?|№|[nN]°))?"
    r"|No\.|Nr\.?|№|[nN]°|#)[ :]*(?=[A-Z]{0,2}\.?\d)",
    re.IGNORECASE,
)
_TRADEMARK: Final = re.compile(r"(?<=\d)\s?(?:\(TM\)|\(®\)|\(™\))|[®™]", re.IGNORECASE)
_DATE: Final = re.compile(r"(?<=\d) ?(?:[/._,]|\(| ) ?((?:19|20)\d\d)\)?$")
_YEAR_AT_END: Final = re.compile(r"[:-]((?:19|20)\d\d)$")
_ETSI_TYPE: Final = re.compile(r"(?<=\b(?:EN|TS|TR|ES|EG|SR))(?=\d{3} ?\d{3}\b)")
_SHORT_AMENDMENT: Final = re.compile(r"(?<=\d)([/+])A(?=\d{1,2}(?:[:/+-]|$))")
# The variant of IEC; IEEE's has the word itself.
_REDLINE: Final = re.compile(r"(?<=\d )Redline(?: version)?$", re.IGNORECASE)
_MAX_HEADS: Final = 4
_BODIES: Final = re.compile(r"^([A-Za-z]+)[-_ ]([A-Za-z]+)(?=[-_ ]?\d)")
_NUMBERED: Final = re.compile(r"^([A-Za-z/]+)[-_](?=\d)")
_BRITISH: Final = re.compile(r"(?<=[a-z]{2})is(?=(?:ation|ations|ed|ing|e)\b)")
_CLAUSE_FIRST: Final = re.compile(
    r"(?P<clause>(?:(?:sub-?)?clauses?|sections?|§|annex|abschnitt|article|chapter|table|figure)"
    r"\s*[A-Z]?\d*(?:\.\d+)*)\s+(?:of|in|to|from|der|de|von|d')\s*(?P<head>.+)",
    re.IGNORECASE,
)
_URN_CLAUSE: Final = re.compile(
    r"(?P<urn>urn:iso:std:.+?):(?P<clause>(?:clause|table|figure|annex|note|formula|sec|tab|fig|tech)"
    r"[:.-][\w.,:-]+)",
    re.IGNORECASE,
)
_CITED: Final = re.compile(r"(?P<before>.+?)(?P<rest>\[(?:S|S/OL|S/CD|EB/OL)\].*)", re.IGNORECASE)
_AFTER_TITLE: Final = re.compile(
    r"(?P<title>.+?)\s*(?:[(（\[](?P<inside>[^()（）\[\]]+)[)）\]]|[:：.．。,，;；]\s+(?P<behind>\S.*))"
)
# ISO/IEC Directives, Part 2, 10.4: a dash for the year of a document that isn't published yet.
_UNPUBLISHED: Final = re.compile(
    r"(?P<head>[^:：]*\d)\s*[:：]\s*[-–—―−]{1,2}(?:\s?\d?[)）]|[¹²³])?(?P<rest>$|[\s,(（].*)"
)
_TITLE_FIRST: Final = re.compile(r"[:：.．。,，]\s*|\s+[-–—]\s+|\s+")


@dataclass(frozen=True)
class Reading:
    """A possible reading of a reference.

    ``correction`` is the key of the :class:`~kg.entities.match.model.Reason` for a change, if any;
    ``suffix`` is what stands behind a number.
    """

    text: str
    correction: str = ""
    suffix: Suffix = NO_SUFFIX


def trim(text: str) -> str:
    """Return the text without list numbers, quotation marks and punctuation around it."""
    bare = _LIST_NUMBER.sub("", text.strip(), count=1) if _LIST_NUMBER.match(text.strip()) else text
    before = None
    while before != bare:
        before, bare = bare, bare.strip(_AROUND)
        for opening, closing in _PAIRS:
            if len(bare) > 1 and bare.startswith(opening) and bare.endswith(closing):
                bare = bare[1:-1]
    return bare


def without_kind(text: str) -> str:
    """Return the text without words for the kind of document beside the number, and trademarks.

    >>> without_kind("International Standard ISO 9001"), without_kind("IEEE Std. No. 802.3(TM)")
    ('ISO 9001', 'IEEE 802.3')
    """
    bare = _KIND.sub("", text, count=1) if _KIND.match(text) else text
    bare = _ETSI_TYPE.sub(" ", bare)
    bare = _REDLINE.sub("RLV", _STANDARD.sub(" ", _TRADEMARK.sub("", bare)))
    return bare if parse(bare) else _SHORT_AMENDMENT.sub(r"\1AMD", bare)


def readings(text: str, is_document: Callable[[str], bool]) -> Iterator[Reading]:
    """Yield the text as written, in other notations, and as a number followed by a suffix.

    ``is_document`` tells whether a name without a known form of designation is that of a document.
    """
    bare = without_kind(text)
    if match := _UNPUBLISHED.fullmatch(bare):
        suffix = read_suffix(match["rest"])
        draft = (OtherDocument("draft", ":—"), *suffix.others)
        yield Reading(match["head"], "", replace(suffix, others=draft))
        return
    others = [Reading(bare, "written")] if bare != text else []
    others += [Reading(other, "written") for other in _other_notations(clean(bare))]
    american = _BRITISH.sub("iz", text)
    others += [Reading(american, "written")] if american != text else []
    # Try designations before names that only differ in punctuation.
    others.sort(key=lambda other: parse(other.text) is None)
    own_place = 0 if parse(text) or not others or parse(others[0].text) is None else 1
    yield from (*others[:own_place], Reading(text), *others[own_place:])
    yield from _with_suffix(bare, is_document)


def _other_notations(text: str) -> Iterator[str]:
    """Yield the text with other punctuation before the year, or between body and number."""
    spaced = _NUMBERED.sub(r"\1 ", _BODIES.sub(r"\1/\2", text))
    dated: tuple[str, ...] = (_DATE.sub(r":\1", text), _DATE.sub(r":\1", spaced))
    # ITU and ETSI write their dates in brackets.
    bracketed = _YEAR_AT_END.sub(r" (\1)", text)
    if parse(text) is None and parse(bracketed):
        dated = (bracketed, *dated)
    consolidated = []
    designation = parse(text)
    if designation and any(each.included for each in designation.supplements):
        # IEC adds CSV to the designation of a consolidated version.
        consolidated = [str(changed(designation, variant=designation.variant or "CSV"))]
    yield from dict.fromkeys(other for other in (spaced, *dated, *consolidated) if other != text)


def _with_suffix(text: str, is_document: Callable[[str], bool]) -> Iterator[Reading]:
    """Yield the longest number at the start of a text with what stands behind it."""
    for pattern, group in ((_URN_CLAUSE, "urn"), (_CLAUSE_FIRST, "head")):
        if match := pattern.fullmatch(text):
            number, rest = split_head(match[group], is_document) or (match[group], "")
            clause = match["clause"].replace(":", " ")
            yield Reading(number, "", replace(read_suffix(rest), clause=clause))
            return
    if (match := _CITED.fullmatch(text)) and (cited := _cited(match["before"], is_document)):
        title, number = cited
        yield Reading(number, "", replace(read_suffix(match["rest"]), title=title))
        return
    for head, rest in islice(split_heads(text, is_document), _MAX_HEADS):
        # A title can have a number or a word for another document itself.
        yield Reading(head, "", Suffix(title=rest.strip(" \t,;:-–—"), whole=True))
    split = split_head(text, is_document)
    if split is None:
        yield from _after_title(text)
        return
    head, rest = split
    suffix = read_suffix(rest)
    designation = parse(head)
    if designation and suffix.part:
        if designation.parts:
            yield Reading(head, "", suffix)
            return
        parted = changed(designation, parts=(suffix.part,))
        yield Reading(str(parted), "written", suffix)
        return
    yield Reading(head, "", suffix)


def _after_title(text: str) -> Iterator[Reading]:
    """Yield the number that stands behind the title of a document, in brackets or punctuation."""
    for match in _AFTER_TITLE.finditer(text):
        number = without_kind((match["inside"] or match["behind"]).strip())
        if match.end() == len(text) and parse(number):
            yield Reading(number, "", Suffix(title=match["title"], whole=True))


def _cited(text: str, is_document: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return the title and the number of a citation (GB/T 7714: ``title: number[S]``)."""
    text = text.strip()
    if parse(text) or is_document(text):
        return "", text
    for gap in _TITLE_FIRST.finditer(text):
        tail = text[gap.end() :]
        if parse(tail) or is_document(tail):
            title = text[: gap.start()].strip(" :：.．,，")
            return re.split(r"[.．。]\s+", title)[-1], tail
    return None
