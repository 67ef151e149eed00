"""Organizations and committees, by name and by the endings of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.boundaries import NameBoundaries
from kg.drafting.model import Mention
from kg.drafting.words import alternatives

_KNOWN: Final = 0.97
_CLEAR: Final = 0.9
_LIKELY: Final = 0.8
_BARE: Final = 0.7
_SHORTEST: Final = 2
_LONGEST_BARE: Final = 14
_IN_BRACKETS: Final = re.compile(r"\((?!以下|简称|记者|下称)[\u4e00-\u9fff]{2,8}\)")
_SOURCE: Final = re.compile(
    r"来源\s?[:：]\s?(?P<name>[\u4e00-\u9fffA-Za-z]{2,14})(?=\s|$|[)）])", re.MULTILINE
)
_GOVERNMENT: Final = re.compile(
    "(?:人民)?政府(?:办公[厅室]|新闻办(?:公室)?|参事室|研究室)?(?!部门|采购|网|工作报告|间|引导)"
)


_PRESS: Final = re.compile(
    "(?:^|(?<=[\\s（(]))(?P<name>[\u4e00-\u9fff]{1,9}(?:报|网|社|台|在线|客户端))"
    "(?=\\s*(?:讯|记者|全媒|首席|■|·|电|\\d|通讯员|$))",
    re.MULTILINE,
)


def find_organizations(article: ArticleText, boundaries: NameBoundaries) -> list[Mention]:
    """Return organizations and committees by name; they may overlap."""
    spans = [
        *_known(article),
        *_fields(article, boundaries),
        *_governments(article, boundaries),
        *_by_ending(article, boundaries),
        *_committees(article, boundaries),
    ]
    return [article.named(type_, span, rule, confidence) for type_, span, rule, confidence in spans]


_Found = tuple[str, tuple[int, int], str, float]


def _known(article: ArticleText) -> Iterator[_Found]:
    words, text = article.words, article.folded
    known = re.compile(alternatives(words["organizations", "known"]))
    for match in known.finditer(text):
        yield "ORG", match.span(), "org.known", _KNOWN
    short = alternatives(words["organizations", "abbreviations"])
    # IEC标准 speaks of standards, not of the body.
    pattern = rf"(?<![A-Za-z0-9/+-])(?:{short})(?![A-Za-z0-9/+-]|\s?\d|(?:国际)?标准(?!化))"
    for match in re.compile(pattern).finditer(text):
        yield "ORG", match.span(), "org.abbreviation", _CLEAR
    for match in _PRESS.finditer(text):
        if not match["name"].startswith("本"):
            yield "ORG", match.span("name"), "org.press", _CLEAR
    for match in _SOURCE.finditer(text):
        yield "ORG", match.span("name"), "org.source", _CLEAR


def _fields(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    """Yield bodies of administration: a place or level, a field, an ending."""
    words = article.words
    field = rf"(?:{alternatives(words['organizations', 'fields'])})"
    pattern = re.compile(
        rf"(?P<level>{alternatives(words['places', 'jurisdictions'])})?"
        rf"(?P<field>{field}(?:[和与、]?{field})?)"
        rf"(?:{alternatives(words['organizations', 'field_endings'])})(?:办公[室厅])?(?!员会)",
    )
    for match in pattern.finditer(article.folded):
        start = boundaries.join_places(match.start("field"))
        if start == match.start("field") and match["level"]:
            start = match.start()
        if start < match.start("field"):
            yield "ORG", (start, match.end()), "org.field", _CLEAR


def _governments(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    text = article.folded
    for match in _GOVERNMENT.finditer(text):
        start = boundaries.join_places(match.start())
        level = re.compile("(?<![各两该全])[省市县区]").match(text, max(0, match.start() - 1))
        if start == match.start() and level and level.end() == start:
            start = level.start()
        if start < match.start():
            yield "ORG", (start, match.end()), "org.government", _CLEAR


def _by_ending(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    words, text = article.words, article.folded
    general = frozenset(words["organizations", "not_organizations"])
    after_place = frozenset(words["organizations", "endings_after_place"])
    every = {*words["organizations", "endings"], *after_place} - {"政府", "人民政府"}
    not_followed = words.mapping("organizations", "not_followed")
    for match in boundaries.endings(every, words["organizations", "not_before"]):
        ending, end = match["e"], match.end("e")
        beginning = boundaries.begin(match.start())
        body, name = text[beginning.start : match.start()], text[beginning.start : end]
        if text[end : end + 1] in tuple(not_followed.get(ending, "")) or name in general:
            continue
        if len(body) < _SHORTEST or body in general:
            continue
        if name.endswith(("技术委员会", "标准化委员会")):
            continue
        if ending in after_place and beginning.how != "anchor":
            continue
        if beginning.is_bare and not _can_be_name(body):
            continue
        bracket = _IN_BRACKETS.match(text, end)
        if bracket and name.endswith(tuple(words["organizations", "with_brackets"])):
            end = bracket.end()
        confidence = _BARE if beginning.is_bare else _CLEAR
        yield "ORG", (beginning.start, end), f"org.{beginning.how}", confidence


def _can_be_name(body: str) -> bool:
    """Return whether a body can be a name though only a boundary tells where it begins."""
    return (
        len(body) <= _LONGEST_BARE
        and re.match("[\u4e00-\u9fff]", body) is not None
        and (body[0] not in "等个项家多这那些某")
    )


def _committees(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    words, text = article.words, article.folded
    general = frozenset(words["organizations", "not_committees"])
    many = re.compile(alternatives(words["organizations", "committees_of_many"]))
    for match in boundaries.endings(words["organizations", "committee_endings"]):
        beginning = boundaries.begin(match.start())
        span = beginning.start, match.end("e")
        name = text[slice(*span)]
        own = re.sub("^(?:国际标准化组织|国际电工委员会)", "", name)
        if own in general or match.start() - beginning.start < _SHORTEST:
            continue
        if beginning.is_bare and many.match(name):
            continue
        confidence = _LIKELY if beginning.is_bare else _CLEAR
        yield "COMMITTEE", span, f"committee.{beginning.how}", confidence
