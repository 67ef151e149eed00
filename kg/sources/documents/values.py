"""Values of Relaton's fields: texts, dates, languages and web addresses."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from kg.common.dates import PartialDate
from kg.sources.html_text import plain_text
from kg.sources.rdf_terms import term
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_TAG: Final = re.compile(
    r"</?(a|abbr|b|br|div|em|font|i|li|ol|p|small|span|strong|sub|sup|u|ul)\b[^<>]*>", re.I
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#x[\da-f]{1,6}|[a-z]\w{1,30});", re.I)
_CONTROL: Final = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
"""Control characters that XML does not allow."""
_BLOCKS: Final = frozenset(("br", "div", "li", "p"))

_YEARS: Final = range(1000, 3000)
"""Plausible years; others are typing errors."""

_LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z\d]{2,8})*")
_THREE_LETTERS: Final = re.compile(r"[a-z]{3}")
_CHINESE_SCRIPTS: Final = ("Hans", "Hant")

_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/]+\.[^\s/]+(/.*)?", re.I)
_UNESCAPED: Final = "!#$%&'()*+,/:;=?@[]~"


def clean_text(text: str, repairs: set[str]) -> str:
    """Remove tags, entities, control characters, padding and repeated spaces from a text.

    Only HTML tags are removed: a phrase in angle brackets may be part of a title. ``repairs``
    receives the codes of repairs.

    >>> repairs: set[str] = set()
    >>> clean_text("CO<sub>2</sub>\u3000&amp;  H2O <write once>", repairs), sorted(repairs)
    ('CO2 & H2O <write once>', ['markup'])
    >>> clean_text(f"OIML{chr(3)} Bulletin", set())
    'OIML Bulletin'
    """
    if "<" in text or "&" in text:
        bare = _TAG.sub(lambda tag: " " if tag[1].lower() in _BLOCKS else "", text)
        bare = _ENTITY.sub(lambda entity: html.unescape(entity[0]), bare)
        if bare != text:
            repairs.add("markup")
            return " ".join(_CONTROL.sub("", bare).split())
    elif text.isprintable() and "  " not in text and text.strip() == text:
        # Printable text has no control characters, and no white space other than spaces.
        return text
    spaced = " ".join(_CONTROL.sub("", text).split())
    if spaced != text:
        repairs.add("spacing")
    return spaced


def clean_abstract(text: str) -> str:
    """Return an abstract as plain text, a line for each block.

    An abstract too long for the HTML parser is cleaned like other texts.
    """
    try:
        return plain_text(text)
    except ValueError:
        return clean_text(text, set())


@lru_cache(maxsize=16384)
def date_literal(text: str) -> EncodedTerm | None:
    """Return the literal of a year, month or day (XML Schema, part 2); None for anything else.

    >>> date_literal("2023-09"), date_literal("2023-02-30")
    ('"2023-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', None)
    """
    date = PartialDate.parse(text)
    if date is None or date.year not in _YEARS:
        return None
    return EncodedTerm(f"{ntriples.encode_literal(text)}^^{term(date.datatype)}")


@lru_cache(maxsize=512)
def language_tag(code: str, script: str = "") -> str | None:
    """Return the BCP 47 tag of a language code; None if it can't be one.

    A three-letter code becomes the two-letter code if there is one (RFC 5646, 2.2.1). The script
    is part of the tag for Chinese only.

    >>> language_tag("eng"), language_tag("fr"), language_tag("zho", "Hans")
    ('en', 'fr', 'zh-Hans')
    >>> language_tag("English language") is None
    True
    """
    tag = code.lower() if code.isalpha() else code
    if _THREE_LETTERS.fullmatch(tag):
        # Importing langcodes loads its tables.
        from langcodes import standardize_tag

        tag = standardize_tag(tag)
    if not _LANGUAGE_TAG.fullmatch(tag):
        return None
    return f"{tag}-{script}" if tag == "zh" and script in _CHINESE_SCRIPTS else tag


def web_address(text: str) -> EncodedTerm | None:
    """Return the term of a web address, percent-encoded where necessary; None for other texts.

    >>> web_address("https://example.org/a b{1}"), web_address("see the site")
    ('<https://example.org/a%20b%7B1%7D>', None)
    """
    text = text.strip()
    if not _WEB_ADDRESS.fullmatch(text):
        return None
    if ntriples.is_plain_iri(text):
        return ntriples.encode_iri(text)
    try:
        return ntriples.encode_iri(quote(text, safe=_UNESCAPED))
    except ValueError:
        return None
