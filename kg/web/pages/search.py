"""Search: hits by kind, suggestions while typing, and what is nearest to an unknown name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.folding import fold
from kg.common.namespaces import BASE, compact
from kg.entities.groups import GROUPS, group_of
from kg.entities.lookup import bilingual_labels
from kg.web.pages.html import render
from kg.web.pages.once import all_questions
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.entities.search import Hit
    from kg.graph import KnowledgeGraph
    from kg.queries.model import Question

_FOUND: Final = 200
_FIRST: Final = 6
"""Hits of each group on the page of all groups."""
_PAGE: Final = 30
_NEAREST: Final = 6
_SUGGESTED: Final = 8
_QUESTIONS: Final = 2
_LONG_ENOUGH: Final = 4
_LONGEST: Final = 300
_SPOKEN: Final = re.compile(r"\w\s+\w|[\u3400-\u9fff]{3}")
"""Texts that may ask a question: two words, or three Chinese characters."""


@dataclass(frozen=True)
class Asked:
    """A question that a text asks, with the arguments that it names, by their description."""

    name: str
    title: Text
    arguments: Mapping[str, str]
    described: tuple[tuple[Text, str], ...]


@dataclass(frozen=True)
class Found:
    """A hit with its label, kind and group; ``also`` is the name that matched, if it is another."""

    hit: Hit
    label: Text
    kind: Text
    group: str
    also: str

    @property
    def name(self) -> str:
        """What a form can send to name it."""
        return compact(self.hit.iri).strip("<>")


def results(graph: KnowledgeGraph, reader: Reader, text: str, group: str, start: int) -> str:
    """Return the page of a search, of all groups or of one."""
    if not fold(text):
        return render(reader, "search.html", text=text, by_group={}, chosen="", asked=[])
    chosen = group if group in GROUPS else ""
    if chosen:
        listed = graph.search(text, within=chosen, limit=start + _PAGE + 1)
        hits = list(found(graph, listed[start : start + _PAGE], reader.lang))
        by_group, more = {chosen: hits}, len(listed) > start + _PAGE
    else:
        hits = list(found(graph, graph.search(text, limit=_FOUND), reader.lang))
        by_group, more = {}, len(hits) == _FOUND
        for hit in hits:
            by_group.setdefault(hit.group, []).append(hit)
    return render(
        reader,
        "search.html",
        text=text,
        by_group=by_group,
        chosen=chosen,
        asked=[] if chosen else questions_in(graph, text),
        start=start,
        size=_PAGE,
        first=_FIRST,
        more=more,
    )


def suggestions(graph: KnowledgeGraph, reader: Reader, text: str, within: str | None) -> str:
    """Return what the beginning of a text can mean as options of a list (HTML)."""
    if not fold(text):
        return ""
    hits = list(found(graph, graph.search(text, within=within, limit=_SUGGESTED), reader.lang))
    questions = [] if within else questions_in(graph, text)
    return render(reader, "suggestions.html", hits=hits, questions=questions)


def questions_in(graph: KnowledgeGraph, text: str) -> list[Asked]:
    """Return the questions that a text asks: the one that it is understood as comes first.

    The others are those whose title has all its words.
    """
    found = []
    if _SPOKEN.search(text) and len(text) < _LONGEST:
        best = graph.interpret(text).best
        if best is not None:
            described = {param.name: param.description for param in best.question.params}
            found.append(
                Asked(
                    best.question.name,
                    best.question.title,
                    best.arguments,
                    tuple((described[name], value) for name, value in best.arguments.items()),
                )
            )
    known = {asked.name for asked in found}
    others = (each for each in _titled(text) if each.name not in known)
    found += [Asked(each.name, each.title, {}, ()) for each in others]
    return found[:_QUESTIONS]


def _titled(text: str) -> Iterable[Question]:
    """Yield the questions whose title has all words of a text."""
    words = text.casefold().split()
    if sum(map(len, words)) < _LONG_ENOUGH:
        return
    for question in all_questions().values():
        titles = question.title.en.casefold(), question.title.zh
        if any(all(word in title for word in words) for title in titles):
            yield question


def unknown(graph: KnowledgeGraph, reader: Reader, text: str, message: str) -> str:
    """Return the page for a name that means nothing or several things, with the nearest names."""
    try:
        nearest = list(found(graph, graph.search(_words(text), limit=_NEAREST), reader.lang))
    except KgError:
        # Without letters or digits there is nothing to search for.
        nearest = []
    several = " can mean " in message
    return render(
        reader, "unknown.html", text=_words(text), nearest=nearest, several=several, message=message
    )


def found(graph: KnowledgeGraph, hits: Iterable[Hit], lang: str) -> Iterable[Found]:
    """Yield hits with what a page shows of them."""
    listed = list(hits)
    labels = bilingual_labels(
        graph.store, {iri for hit in listed for iri in (hit.iri, hit.kind) if iri}
    )
    for hit in listed:
        label = labels[hit.iri]
        kind = labels.get(hit.kind, Text("", ""))
        title = hit.title.of(lang)
        known = {fold(name) for name in (label.en, label.zh, title, hit.title.en, hit.title.zh)}
        also = "" if fold(hit.name) in known else hit.name
        yield Found(hit, label, kind, group_of(hit.iri, hit.kind), also)


def _words(text: str) -> str:
    """Return the end of an IRI as words, and any other text as it is."""
    return text.removeprefix(BASE).replace("/", " ") if text.startswith(BASE) else text
