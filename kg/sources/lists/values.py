"""What the cells of a row say of a document itself: titles, status, dates, classes, form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.sources.documents.statements import DocumentStatements
from kg.sources.documents.values import clean_text, date_literal, language_tag, web_address
from kg.sources.lists import contents, status_words
from kg.sources.lists.chinese import mandate_of, scope_of
from kg.sources.lists.dates import parse_date
from kg.sources.lists.organizations import international_class, language_of, national_class
from kg.sources.lists.row_cells import RowCells
from kg.sources.rdf_terms import term
from kg.store.ntriples import EncodedTerm

_DATES: Final = {
    "published": "std:publishedOn",
    "effective": "std:effectiveOn",
    "withdrawn": "std:withdrawnOn",
    "confirmed": "std:confirmedOn",
}
_ICS: Final = re.compile(r"(\d{1,2})(?:\.(\d{1,3})(?:\.(\d{1,2}))?)?")
_ICS_SEPARATOR: Final = re.compile(r"[\s、;；,，/|]+")
_CCS: Final = re.compile(r"[A-Z]\d{0,2}(?:/\d\d)?")
_CCS_SEPARATOR: Final = re.compile(r"[\s、;；,，|]+")
_PAGES: Final = re.compile(r"(\d{1,5})\s*(?:页|pp?\.?|pages)?", re.IGNORECASE)
_LANGUAGES: Final = {
    **dict.fromkeys(("中文", "汉语", "简体中文", "chinese"), "zh"),
    **dict.fromkeys(("英文", "英语", "english"), "en"),
    **dict.fromkeys(("法文", "法语", "french"), "fr"),
    **dict.fromkeys(("俄文", "俄语", "russian"), "ru"),
    **dict.fromkeys(("日文", "日语", "japanese"), "ja"),
    **dict.fromkeys(("德文", "德语", "german"), "de"),
}
_TITLES: Final = {"title": "", "title-zh": "zh", "title-en": "en"}


def add_titles(statements: DocumentStatements, cells: RowCells, title: str) -> None:
    """Add the titles of a row, or else the one that stands beside the number."""
    repairs: set[str] = set()
    titles = [
        (clean_text(text, repairs), column.language or language)
        for role, language in _TITLES.items()
        for column, text in cells.of(role)
    ]
    if not titles and title:
        titles = [(title, "")]
    for each, language in dict.fromkeys(titles):
        tag = (language_tag(language) if language else None) or language_of(each)
        statements.add_text("dcterms:title", each, tag)
    for code in sorted(repairs):
        statements.repair(code)


def add_status(statements: DocumentStatements, cells: RowCells) -> None:
    """Add the stage, with the word of the list."""
    for column, text in cells.of("status"):
        stage = status_words.stage_of(text)
        statements.add_text("std:stageCode", text)
        if stage:
            statements.add("std:stage", term(stage))
        else:
            cells.unknown(column, text)


def add_kind(statements: DocumentStatements, cells: RowCells) -> None:
    """Add the scope and the mandate that a row names, or else those that the number tells."""
    named: list[str] = []
    mandate_is_told = False
    for column, text in cells.of("kind"):
        named += status_words.kinds_of(text)
        mandate_is_told = mandate_is_told or status_words.names_mandate(text)
        if not status_words.is_kind(text):
            cells.unknown(column, text)
    designation = statements.this.designation
    if designation is not None:
        if not any(concept.startswith("scope:") for concept in named):
            named.append(scope_of(designation))
        if not mandate_is_told:
            named.append(mandate_of(designation))
    for concept in filter(None, named):
        statements.add(f"std:{concept.partition(':')[0]}", term(concept))


def add_dates(statements: DocumentStatements, cells: RowCells, *, epoch_1904: bool) -> None:
    """Add the dates, as precise as they are given."""
    for role, property_ in _DATES.items():
        for column, text in cells.of(role):
            if contents.says_nothing(text):
                continue
            literal = _date_literal(text, column.date_format, epoch_1904=epoch_1904)
            if literal is None:
                statements.repair("unreadable-date")
                cells.unknown(column, text, fault=True)
            else:
                statements.add(property_, literal)


@lru_cache(maxsize=8192)
def _date_literal(text: str, format: str, *, epoch_1904: bool) -> EncodedTerm | None:
    date = parse_date(text, format, epoch_1904=epoch_1904)
    return date_literal(str(date)) if date else None


def add_classes(statements: DocumentStatements, cells: RowCells) -> None:
    """Add the classes of the international and the Chinese classification."""
    for column, text in cells.of("ics"):
        for code in filter(None, _ICS_SEPARATOR.split(text)):
            complete = ics_code(code)
            if complete:
                class_ = international_class(complete)
                statements.add("std:topic", class_[0])
                statements.lines += cells.introduce(class_)
            elif not contents.says_nothing(code):
                statements.repair("unreadable-class")
                cells.unknown(column, code, fault=True)
    for column, text in cells.of("ccs"):
        for code in filter(None, _CCS_SEPARATOR.split(text.upper())):
            if _CCS.fullmatch(code):
                class_ = national_class(code)
                statements.add("dcterms:subject", class_[0])
                statements.lines += cells.introduce(class_)
            elif not contents.says_nothing(code):
                statements.repair("unreadable-class")
                cells.unknown(column, code, fault=True)


def add_form(statements: DocumentStatements, cells: RowCells) -> None:
    """Add languages, pages, web address and edition."""
    for column, text in cells.of("language"):
        for each in filter(None, _ICS_SEPARATOR.split(text)):
            tag = _LANGUAGES.get(each.casefold()) or language_tag(each)
            if tag:
                statements.add_text("std:language", tag)
            else:
                cells.unknown(column, each)
    for column, text in cells.of("pages"):
        match = _PAGES.fullmatch(text)
        if match:
            integer = f'"{int(match[1])}"^^{term("xsd:integer")}'
            statements.add("schema:numberOfPages", EncodedTerm(integer))
        else:
            cells.unknown(column, text)
    for column, text in cells.of("url"):
        url = web_address(text)
        if url:
            statements.add("schema:url", url)
        else:
            statements.repair("unreadable-address")
            cells.unknown(column, text)
    for _, text in cells.of("edition"):
        statements.add_text("std:edition", text)


def ics_code(text: str) -> str:
    """Return a code of the ICS with the zeros that a spreadsheet takes from a number, or nothing.

    >>> ics_code("35.240.80"), ics_code("35.02"), ics_code("1.04"), ics_code("A 00")
    ('35.240.80', '35.020', '01.040', '')
    """
    match = _ICS.fullmatch(text)
    if match is None:
        return ""
    field_, group, subgroup = match.groups()
    parts = [field_.zfill(2)]
    if group:
        # 35.02 is the number 35.020; before a subgroup the point shows that it is a text.
        parts.append(group.ljust(3, "0"))
    if subgroup:
        parts.append(subgroup.zfill(2))
    return ".".join(parts)
