"""Titles in 《》, designations, committees by number, and series of standards by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.numerals import HAN
from kg.drafting.words import Words, alternatives

_SURE: Final = 0.96
_LIKELY: Final = 0.85
_TITLE: Final = re.compile(r"《(?P<title>[^《》\n]{2,80}(?:《[^《》\n]{2,60}》[^《》\n]{0,40})?)》")
_COMMITTEE: Final = re.compile(
    r"(?<![A-Za-z/])(?:ISO/IEC|IEC/ISO|ISO|IEC|CISPR|SAC|CEN|CENELEC|ITU-[TRD]|OIML|ETSI)[ /]{0,2}"
    r"(?:(?:TC|JTC|PC|JPC|SC|SG|WG|SyC|SWG)[ -]?\d+)(?:/(?:SC|WG|JWG|TC|AG|SWG)[ -]?\d+)*(?!\d)"
)
_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9/])"
    r"(?:(?:GB|GBZ|GSB|JJF|JJG|DB\d{2,6}|T|Q|ISO|IEC|ITU-[TR]|IEEE|EN|ASTM|ANSI|BS|DIN|NF|JIS|CEN|ETSI|[A-Z]{2})"
    r"(?:/[A-Z]{1,8}(?:-[A-Z]+)?\d?)*(?:\s?(?:TR|TS|PAS|IWA|Guide|DIS|FDIS|CD|WD))?)"
    r"(?:\s?[A-Z]\.?\d+|\s?\d+)(?:\.\d+)*(?:[-—–]\d+)*(?:\s?[:—–-]\s?\d{4})?(?:/(?:Amd|Cor)\s?\d+(?::\d{4})?)?"
    r"(?:/(?:ISO|IEC)(?:/(?:IEC|TR|TS))?\s?\d+(?:-\d+)*(?::\d{4})?)?(?![\dA-Za-z])"
)
_DOCUMENT_NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[(](?:19|20)\d\d[〕\])]\d+号")


def find_titles(article: ArticleText) -> list[Mention]:
    """Return documents and standards by title, with their numbers."""
    return [*_designations(article), *_titles(article), *_series(article)]


def _designations(article: ArticleText) -> Iterator[Mention]:
    from kg.identifiers import parse

    text = article.folded
    for match in _COMMITTEE.finditer(text):
        yield article.mention(
            "COMMITTEE", match.span(), _spaced(match[0]), "committee.number", _SURE
        )
    for match in _NUMBER.finditer(text):
        if _COMMITTEE.match(text, match.start()):
            continue
        designation = parse(match[0])
        if designation is None and not re.search(r"[/ ]|[-—–:]\d{4}", match[0]):
            continue
        # An abbreviation and a number can be anything: a standard has a year, or a known body.
        if designation is None and not re.search(r"[-—–:]\s?\d{4}$", match[0]):
            continue
        value = str(designation) if designation is not None else match[0]
        confidence = _SURE if designation is not None else _LIKELY
        yield article.mention("STDID", match.span(), value.replace("—", "-"), "number", confidence)
    for match in _DOCUMENT_NUMBER.finditer(text):
        yield article.mention("STDID", match.span(), match[0], "number.document", _SURE)


def _spaced(text: str) -> str:
    return re.sub(r"(?<=[A-Za-z])[ -]?(?=\d)", " ", re.sub(r"\s+", " ", text))


def _titles(article: ArticleText) -> Iterator[Mention]:
    words, text = article.words, article.folded
    matches = list(_TITLE.finditer(text))
    periodicals = set(words["documents", "periodicals"])
    for index, match in enumerate(matches):
        if match["title"] in periodicals:
            yield article.mention("ORG", match.span(), match["title"], "org.periodical", _LIKELY)
            continue
        first, last = _ends_of_list(text, matches, index)
        before = text[max(0, matches[first].start() - 14) : matches[first].start()]
        after = text[matches[last].end() : matches[last].end() + 22]
        type_, rule = _classify(words, match["title"], before, after)
        yield article.mention(
            type_, match.span(), article.text[slice(*match.span("title"))], rule, _SURE
        )


def _ends_of_list(text: str, matches: Sequence[re.Match[str]], index: int) -> tuple[int, int]:
    """Return the first and last of the titles that a list joins to one: what is said is of all."""

    def is_joined(one: int) -> bool:
        between = text[matches[one].end() : matches[one + 1].start()]
        return re.fullmatch(r"[、和与及]?", between) is not None

    first = last = index
    while last + 1 < len(matches) and is_joined(last):
        last += 1
    while first and is_joined(first - 1):
        first -= 1
    return first, last


def _classify(words: Words, title: str, before: str, after: str) -> tuple[str, str]:
    """Return the type of what a title names, and the rule that says so."""
    standard = alternatives(words["documents", "standard_words"])
    bare = re.sub(r"\([^()]*\)$", "", title).rstrip()
    of_document = re.search(
        rf"(?:{alternatives(words['documents', 'document_words'])}|(?<![方办算做用])法)$", bare
    )
    if of_document:
        return "DOCUMENT", "title.document"
    if re.search(r"[A-Z][A-Za-z/]*\s?\d[\d.]*(?:[-—–:]\d{4})?\)?\s*$", before) or re.match(
        r"\(?(?:标准号)?[:：]?[A-Z/]+\d{0,4}(?:/[A-Z]+)?\s?\d", after
    ):
        return "STANDARD", "title.numbered"
    if re.match(
        rf"(?:\([^()]*\))?(?:等?[\d{HAN}]*[项个部]?)?[\u4e00-\u9fff]{{0,6}}(?:{standard})(?!化)",
        after,
    ):
        return "STANDARD", "title.standard"
    if re.search(rf"(?:{standard})[“\"]?(?:[—:：]+)?$", before):
        return "STANDARD", "title.standard"
    endings = alternatives(words["documents", "standard_title_endings"])
    if re.search(rf"(?:{endings})$", bare) or re.search(r"第\d+部分|\s", bare):
        return "STANDARD", "title.ending"
    return "DOCUMENT", "title.other"


def _series(article: ArticleText) -> Iterator[Mention]:
    """Yield series of standards named by a mark in quotes: “…”标准."""
    endings = alternatives(article.words["documents", "series_endings"])
    pattern = re.compile(rf"“(?P<name>[^“”\n]{{2,14}})”(?:{endings})(?!化|的)")
    for match in pattern.finditer(article.folded):
        if re.search("[，。！？,]", match["name"]):
            continue
        value = re.sub("[“”]", "", match[0])
        yield article.mention("STANDARD", match.span(), value, "series", _LIKELY)
