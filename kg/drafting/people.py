"""Persons by post, byline or verb of speaking, and what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.words import Words, alternatives

_SURE: Final = 0.93
_LIKELY: Final = 0.85
_HAN: Final = "[\u4e00-\u9fff]"
_SPEECH: Final = 0.95
_PHRASE: Final = 0.6
_SHORT: Final = 2
_SHORTEST_SPEECH: Final = 4


class _Names:
    """Patterns of names."""

    def __init__(self, words: Words) -> None:
        compound = alternatives(words["people", "compound_surnames"])
        surname = f"[{''.join(words['people', 'surnames'])}]"
        self.name = rf"(?:(?:{compound}){_HAN}{{1,2}}|{surname}{_HAN}{{1,2}})"
        self.speaking = alternatives(words["people", "speaking"])
        after = alternatives(words["people", "after_names"])
        self.end = rf"(?={self.speaking}|[\s，。、；：！？“”（）()《》:]|{after}|$)"
        self.others = frozenset("".join(words["people", "not_in_names"]))
        self._words = frozenset(words["people", "not_persons"])
        self._posts = frozenset(words["people", "posts"])

    def is_word(self, text: str) -> bool:
        """Return whether what looks like a name is none."""
        known = text in self._words or text[:2] in self._words or text[1:] in self._posts
        return known or re.search("[的了在们是和与及]", text[1:]) is not None


def find_persons(article: ArticleText) -> list[Mention]:
    """Return the persons of a text; a name that was found once is found wherever it stands."""
    found: dict[str, float] = {}
    places: dict[tuple[int, int], Mention] = {}
    names = _Names(article.words)
    for start, end, rule, confidence in _named(article, names):
        value = re.sub(r"\s", "", article.folded[start:end])
        if names.is_word(value):
            continue
        found[value] = max(found.get(value, 0), confidence)
        places[start, end] = article.mention("PERSON", (start, end), value, rule, confidence)
    for name, confidence in found.items():
        for match in re.finditer(re.escape(name), article.folded):
            if match.span() not in places:
                places[match.span()] = article.mention(
                    "PERSON", match.span(), name, "person.again", confidence
                )
    return list(places.values())


def _named(article: ArticleText, names: _Names) -> Iterator[tuple[int, int, str, float]]:
    text, words = article.folded, article.words
    bylines = alternatives(words["people", "bylines"])
    # Names of two characters are often set with a space between them.
    written = rf"(?:{names.name}|{_HAN}[ ]{_HAN}(?!{_HAN}))"
    byline = re.compile(
        rf"(?:{bylines})(?:[/、 ](?:{bylines}))?\s?[:：]?\s?"
        rf"(?P<names>{written}(?:[、 ]+(?!(?:{bylines})){written})*)"
        rf"(?=[\s，。、；：)）]|发自|报道|摄|文|$|(?:{bylines}))",
    )
    for match in byline.finditer(text):
        for name in re.finditer(written, match["names"]):
            offset = match.start("names")
            yield offset + name.start(), offset + name.end(), "person.byline", _SURE
    # A name of any form at the end of a line, or in the brackets of a dateline.
    alone = re.compile(
        rf"(?m:(?:{bylines})\s?[:：]\s?(?P<a>[\u4e00-\u9fff·]{{2,8}})(?=\s|$))"
        rf"|(?m:(?:{bylines})\s+(?P<c>{_HAN}{{2,3}})(?=\s|$))"
        rf"|[电讯]\s?\((?P<b>{names.name})\)",
    )
    for match in alone.finditer(text):
        group = next(name for name in "abc" if match[name])
        if not re.match(rf"(?:{bylines})", match[group]):
            yield *match.span(group), "person.byline", _LIKELY
    posts = alternatives(words["people", "posts"])
    after_post = re.compile(
        rf"(?:{posts})(?P<name>{names.name}){names.end}|(?:{posts})(?P<long>{names.name})",
    )
    for match in after_post.finditer(text):
        group = "name" if match["name"] else "long"
        start, end = match.span(group)
        start, end = _shorten(text, start, end, names)
        if end:
            yield start, end, "person.post", _SURE if group == "name" else _LIKELY
    listed = re.compile(rf"(?<=[、，。；\s”\n（(])(?P<name>{names.name})(?:{names.speaking})")
    for match in listed.finditer(text):
        start, end = match.span("name")
        yield start, end, "person.speaker", _LIKELY


def _shorten(text: str, start: int, end: int, names: _Names) -> tuple[int, int]:
    """Drop a last character that belongs to the word after the name."""
    for length in (2, 3):
        if end - start >= length and re.compile(names.end).match(text, start + length):
            return start, start + length
    return start, end - (end - start > _SHORT and text[end - 1] in names.others)


def find_quotations(article: ArticleText, taken: list[Mention]) -> list[Mention]:
    """Return what stands in quotation marks, unless it is a part of a mention in ``taken``.

    Speech has a verb of speaking beside it or is a sentence; the rest is a phrase.
    """
    speaking = alternatives(article.words["people", "quoting"])
    found = []
    for match in re.finditer(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”", article.folded):
        inner = match[1]
        if not inner.strip() or "\n\n" in inner:
            continue
        start, end = match.span()
        if any(m.start <= start and end <= m.end for m in taken):
            continue
        before, after = article.folded[max(0, start - 12) : start], article.folded[end : end + 16]
        spoken = re.search(rf"(?:{speaking})(?:[^，。]{{0,4}})[：:，,]$", before) or re.match(
            rf"[，,]?[^，。“”]{{0,14}}(?:{speaking})", after
        )
        sentence = re.search("[。！？!?]$", inner)
        is_speech = len(inner) >= _SHORTEST_SPEECH and (spoken or sentence)
        rule, confidence = ("quoted.speech", _SPEECH) if is_speech else ("quoted.phrase", _PHRASE)
        found.append(
            article.mention(
                "QUOTED", (start, end), article.text[start + 1 : end - 1], rule, confidence
            )
        )
    return found
