"""Events, and reforms, plans and programmes, by the endings of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.boundaries import EDITION, Beginning, NameBoundaries
from kg.drafting.model import Mention
from kg.drafting.numerals import HAN
from kg.drafting.words import alternatives

_CLEAR: Final = 0.9
_BARE: Final = 0.7
_SHORTEST: Final = 2
_SHORTEST_BARE: Final = 4
_LONGEST_EVENT: Final = 26
_LONGEST_REFORM: Final = 20
_LEVELS: Final = re.compile(
    "^(?:国家级|省级|市级|县级|各级|全国|国家|我国|我省|省|市|各|全面|重点|重大|一批|首批)+"
)
_COUNTED: Final = re.compile(rf"(?![百千万])[{HAN}\d]+[项个条家]")
_Found = tuple[str, tuple[int, int], str, float]


def find_events(article: ArticleText, boundaries: NameBoundaries) -> list[Mention]:
    """Return events and reforms by name; they may overlap."""
    found = [
        *_events(article, boundaries),
        *_quoted_reforms(article, boundaries),
        *_reforms(article, boundaries),
    ]
    return [article.named(type_, span, rule, confidence) for type_, span, rule, confidence in found]


def _events(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    words, text = article.words, article.folded
    general = frozenset(words["events", "not_events"])
    after_verb = alternatives(words["events", "events_after_verb"])
    holding = alternatives(words["events", "holding"])
    held = re.compile(rf"(?:{holding})(?:了|的)?(?P<name>{after_verb})")
    for match in held.finditer(text):
        yield "EVENT", match.span("name"), "event.held", _BARE
    known = re.compile(alternatives(words["events", "known_events"]))
    for match in known.finditer(text):
        yield "EVENT", match.span(), "event.known", _CLEAR
    plain = words["events", "plain_events"]
    numbered = frozenset(words["events", "edition_endings"])
    endings = (*words["events", "event_endings"], *numbered)
    for match in boundaries.endings(endings, words["events", "not_before_events"]):
        beginning = boundaries.begin(match.start(), is_event=True)
        span = beginning.start, match.end("e")
        body = text[beginning.start : match.start()]
        edition = EDITION.match(body)
        if match["e"] in numbered and not (edition and body[0] in "第首"):
            continue
        if text[slice(*span)] in general or not _SHORTEST <= len(body) <= _LONGEST_EVENT:
            continue
        if match["e"] in plain and (
            edition.end() == len(body)
            if edition
            else beginning.is_bare and len(body) < _SHORTEST_BARE
        ):
            continue
        confidence = _BARE if beginning.is_bare and not edition else _CLEAR
        yield "EVENT", span, f"event.{beginning.how}", confidence


def _quoted_reforms(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    """Yield “…”改革 and “…工程”."""
    words, text = article.words, article.folded
    ending = alternatives(words["events", "reform_endings"])
    after = re.compile(
        rf"“[^“”\n]{{2,20}}”(?P<rest>[\u4e00-\u9fff、]{{0,14}}?)(?:{ending})(?!了|的方案)",
    )
    for match in after.finditer(text):
        rest = match["rest"]
        of_standards = rest.startswith("标准") and not rest.startswith("标准化")
        if not of_standards and not boundaries.crosses(*match.span("rest")):
            yield "REFORM", match.span(), "reform.quoted", _CLEAR
    whole = re.compile(rf"“[^“”，。\n]{{2,18}}?(?:{ending})”(?!标准)")
    for match in whole.finditer(text):
        yield "REFORM", match.span(), "reform.quoted", _CLEAR


def _reforms(article: ArticleText, boundaries: NameBoundaries) -> Iterator[_Found]:
    words, text = article.words, article.folded
    not_before = words["events", "not_before_reforms"]
    for match in boundaries.endings(words["events", "reform_endings"], not_before):
        beginning = boundaries.begin(match.start(), is_plan=True)
        span = beginning.start, match.end("e")
        body = text[beginning.start : match.start()]
        if not _SHORTEST <= len(body) <= _LONGEST_REFORM or re.search("[“”]", body):
            continue
        # 标准化试点9个 are of a kind, and no one of them is named.
        if boundaries.is_counted(match.end("e")):
            continue
        if _is_general(article, text[slice(*span)], match["e"]) or _COUNTED.match(body):
            continue
        if not _is_named(article, boundaries, match, beginning):
            continue
        confidence = _BARE if beginning.is_bare else _CLEAR
        yield "REFORM", span, f"reform.{beginning.how}", confidence


def _is_general(article: ArticleText, name: str, ending: str) -> bool:
    """Return whether a name is a general word, or one with only a level before it."""
    general = article.words["events", "not_reforms"]
    bare = _LEVELS.sub("", name)
    return name in general or bare in general or len(bare) - len(ending) < _SHORTEST


def _is_named(
    article: ArticleText, boundaries: NameBoundaries, match: re.Match[str], beginning: Beginning
) -> bool:
    """Return whether a name with an ending that is also a verb or a general noun is a name.

    It follows a verb that takes a plan (实施某某行动), and doesn't consist of general words.
    """
    words, text = article.words, article.folded
    body = text[beginning.start : match.start()]
    if match["e"] not in words["events", "also_verbs"]:
        return True
    if boundaries.join_places(match.start()) <= beginning.start:
        return False
    if not beginning.is_bare or body + match["e"] in words["events", "known_reforms"]:
        return True
    parts = alternatives(words["events", "general_parts"])
    doing = re.compile(rf"(?:{alternatives(words['events', 'doing'])})(?:了|的)?$")
    before = text[max(0, beginning.start - 8) : beginning.start]
    return not re.fullmatch(rf"(?:{parts})+", body) and doing.search(before) is not None
