"""The roles of the columns of a list, by the headings that people give them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("headings.toml")
_IGNORED: Final = re.compile(r"[\W_]+")
_PARENTHESIS: Final = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_INSIDE: Final = re.compile(r"[(\[【〔<《](.*?)[)\]】〕>》]")
_SEPARATOR: Final = re.compile(r"[/|\\\r\n]+")
_PREFIX: Final = re.compile(
    r"^(?:国家|行业|地方|团体|企业|中国|本|该|现行|国外|国际)(?=标准(?:编?号|名称))"
)
_HAN_AND_LATIN: Final = re.compile(r"([\u3400-\u9fff]+)([a-z\d]+)|([a-z\d]+)([\u3400-\u9fff]+)")
_LONGEST: Final = 60
"""Maximum number of characters of a heading; longer texts are titles above or notes."""

ROLES: Final = (
    *("number", "title", "title-zh", "title-en", "status", "published", "effective", "withdrawn"),
    *("confirmed", "replaces", "replaced-by", "replacement", "adopts", "degree", "body"),
    *("authority", "committee", "ics", "ccs", "drafters", "kind", "language", "pages", "url"),
    "edition",
)
"""What a column of a list can hold; ``number`` is the designation of the document."""
UNUSED: Final = ("row", "persons", "ignore")
"""What a column can hold that is left out: numbers of rows, names of persons, as was asked."""
_LOOSE: Final = frozenset(
    (
        *("number", "reference", "identifier", "document", "standard", "designation"),
        *("编号", "标准", "文件号", "文件编号", "番号"),
    )
)
"""Headings of numbers that other tables have too: some of their cells have to be designations."""


@cache
def _roles() -> dict[str, str]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        _folded(word): role
        for group in ("roles", "unused")
        for role, words in table[group].items()
        for word in words
    }


def role_of(heading: str) -> str:
    """Return the role of the column with a heading; empty if it isn't known.

    >>> role_of("标准号"), role_of("发布日期（年-月-日）"), role_of("Standard No./标准编号")
    ('number', 'published', 'number')
    >>> role_of("中国标准分类号(CCS)"), role_of("国际标准分类号 ICS"), role_of("备注")
    ('ccs', 'ics', '')
    """
    if len(heading) > _LONGEST:
        return ""
    known = _roles()
    return next((known[each] for each in _readings(heading) if each in known), "")


def is_loose(heading: str) -> bool:
    """Return whether tables other than lists of documents have such a heading too."""
    return _folded(heading) in _LOOSE


def _readings(heading: str) -> Iterator[str]:
    """Yield what a heading may say, the whole first: without remarks, in one of two languages."""
    text = unicodedata.normalize("NFKC", heading)
    outside = _PARENTHESIS.sub("", text)
    parts = [*_SEPARATOR.split(outside), *_INSIDE.findall(text)]
    for part in (text, outside, *(parts if len(parts) > 1 else ())):
        folded = _folded(part)
        yield folded
        yield _PREFIX.sub("", folded)
        if match := _HAN_AND_LATIN.fullmatch(folded):
            yield from filter(None, match.groups())


def _folded(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())
