"""Find the clauses, annexes, tables and pages that are cited beside a reference."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.entities.match import suffix_words as words
from kg.entities.match.other_documents import lower
from kg.scanning.references.distractors import is_quantity
from kg.scanning.references.model import Clause

_DOTTED: Final = (
    r"(?:[1-9]\d?|[1-9]\d\d(?=\.\d+\.)|0(?=\.\d(?![\d.]))|[a-z])(?:\.\d{1,3})+(?:[a-z](?![a-z]))?"
)
_NUMBER: Final = (
    rf"(?:{_DOTTED}|\d{{1,3}}(?:\.\d{{1,3}})+|\d{{1,3}}(?!\d)(?:[a-z](?![a-z]))?|[a-z]\.?\d{{1,2}}(?!\d)|[a-z](?![\w'’])"
    rf"|[ivx]{{1,4}}(?!\w))"
    r"(?:\s?[a-z]\)|\s?\([a-z0-9]{1,3}\))?"
)
_RANGE: Final = r"\s*(?:to|through|bis|à|至|到|から|[~～〜–-])\s*"
_AND: Final = (
    r"\s*(?:,\s*(?:and|or|und|oder|et|ou)\s|,|，|、|;|&|\band\b|\bor\b|\bund\b|\boder\b"
    r"|\bsowie\b|\bet\b|\bou\b"
    r"|和|及び?|与|以及|或|および|又は|または|と)\s*"
)
_JOINED_WORDS: Final = r"(?:des?|der|the|of|la|le|les|第)\s*"
_TITLE: Final = (
    r"(?:\s?[(（](?:19|20)\d\d年?版[)）])?(?:\s*[,，:：]?\s*[(（]?\s*(?:《[^》]{1,90}》|\"[^\"]{1,120}\"|“[^”]{1,120}”"
    r"|「[^」]{1,90}」|『[^』]{1,90}』"
    r"|„[^“”]{1,120}[“”]|«[^»]{1,120}»)\s*[)）]?)?"
)
_GAP: Final = (
    r"(?:[)）](?=の|的|中|第|, (?:clause|section|§)))?"
    r"(?:['’]s\s|[-–](?=\d))?\s{0,2}(?:[,，:：;；]\s*|的\s*|の\s*|中的?\s*|[(（\[]\s*|[-–—]\s+)?"
    r"(?:(?:definition|def\.|定義|定义|术语|see|siehe|voir|in|unter|per|cf\.|vgl\.|见|规定的|附有的)\s*(?:the\s+)?)?"
)
_OF: Final = (
    r"\s*(?:of|in|to|from|der|des|dem|den|von|aus|nach|gemäß|de\s+la|de\s+l['’]|du|des|de|d['’]"
    r"|dans)\s+"
    r"(?:(?:the|la|le|l['’]|die|der|das)\s+)?(?:(?:international|european|internationalen?"
    r"|europäischen?)\s+)?"
    r"(?:(?:standards?|norme?n?|norme|recommendation|spécification|specification)\s+)?(?:\(\s*)?$"
)
_OTHER_WORDS: Final = re.compile(
    r"annex|anhang|annexe|appendix|tab|figure|fig|bild|note|附|表|图|圖|page|pp?\.|seite|s\.",
    re.IGNORECASE,
)
_NAMED_NUMBER: Final = re.compile(rf"{_NUMBER}", re.IGNORECASE)
_REACH: Final = 120


@cache
def _single() -> str:
    keywords = rf"(?:{words.CLAUSES}|subclauses?|ziffern?|absatz|alinéas?|pages?|pp?\.|seiten?)"
    return (
        rf"(?:(?<![a-zäöüéß]){keywords}(?:(?![a-zäöüéß])|(?<=[.§]))\s*{_NUMBER}"
        rf"|第\s*{_NUMBER}\s*(?:{words.CLAUSE_COUNTERS})"
        rf"|{_DOTTED}(?:\s?[a-z]\))?(?:\s*(?:{words.CLAUSE_COUNTERS}))?"
        rf"|附[录錄録][a-z](?:\.\d+)*|附属書\s*[a-z](?:\.\d+)*)"
    )


@cache
def _several() -> str:
    item = rf"(?:{_JOINED_WORDS})?(?:{_single()}|{_NUMBER}(?!\s*[:/-]?\d)(?!{_LETTER}))"
    return rf"(?P<list>{_single()}(?:(?:{_AND}|{_RANGE}){item})*)"


_LETTER: Final = "[a-zäöüéß]"


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"{_TITLE}{_GAP}{_several()}", re.IGNORECASE)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_several()}){_OF}", re.IGNORECASE)


def clauses_behind(text: str, end: int, limit: int) -> tuple[Clause, ...]:
    """Return the clauses that are cited between the end of a reference and another place."""
    part = lower(text[end : min(limit, end + 2 * _REACH)])
    match = _behind().match(part)
    if match is None or len(part) != len(text[end : min(limit, end + 2 * _REACH)]):
        return ()
    stop = match.end("list")
    found = match["list"]
    is_plain = re.match(_DOTTED, found) is not None
    if is_plain and (is_quantity(part[stop:]) or re.match(r"[-:/]?\d|\.\d", part[stop:])):
        return ()
    return _split(text, end + match.start("list"), end + stop)


def clauses_ahead(text: str, start: int, limit: int) -> tuple[Clause, ...]:
    """Return the clauses cited before a reference: ``clause 5.2 of``."""
    begin = max(limit, start - _REACH)
    part = lower(text[begin:start])
    if len(part) != start - begin:
        return ()
    matches = list(_ahead().finditer(part))
    if not matches:
        return ()
    return _split(text, begin + matches[-1].start("list"), begin + matches[-1].end("list"))


def _split(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Return each clause of a list; a range is one."""
    clauses: list[Clause] = []
    at, kind = start, ""
    pieces = [*re.finditer(_AND, text[start:end], re.IGNORECASE), None]
    for piece in pieces:
        stop = start + piece.start() if piece else end
        written = text[at:stop].strip()
        if written:
            word = re.match(r"[^\W\d_]{2,}\.?|pp?\.|s\.(?=\s*\d)", written, re.IGNORECASE)
            kind = word[0] if word else kind
            clauses.append(Clause(_name(written, kind), at, stop))
        at = start + piece.end() if piece else end
    return tuple(clauses)


def _name(written: str, kind: str) -> str:
    """Return the number of a clause; of an annex, a table or a page its word, too."""
    number = re.sub(r"^第\s*|\s*(?:条款?|條款?|章|节|節|項|项|款|箇条)$", "", written)
    if kind and _OTHER_WORDS.match(kind):
        return written if written.startswith(kind) else f"{kind} {written}"
    return re.sub(r"^(?:[^\W\d_]{2,}\.?|§+)\s*(?=\S)", "", number) or written
