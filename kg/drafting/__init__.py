"""Draft claims from a Chinese text: mentions and relations, by rules and the names of the graph.

Everything is proposed with its exact place and the rule that made it, for a person to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError
from kg.drafting.article_text import ArticleText, find_date, find_title
from kg.drafting.boundaries import NameBoundaries
from kg.drafting.dates import find_dates
from kg.drafting.events import find_events
from kg.drafting.figures import find_figures
from kg.drafting.linking import find_names, link
from kg.drafting.model import NEW, TYPES, Draft, Mention, Relation, RelationSpan
from kg.drafting.organizations import find_organizations
from kg.drafting.people import find_persons, find_quotations
from kg.drafting.places import find_places
from kg.drafting.ranks import find_ranks
from kg.drafting.relations import find_relations
from kg.drafting.titles import find_titles
from kg.drafting.votes import find_votes
from kg.drafting.words import alternatives, read_words
from kg.entities.index import NameIndex, name_index
from kg.store import Store

__all__ = [
    "NEW",
    "TYPES",
    "Draft",
    "Mention",
    "Relation",
    "RelationSpan",
    "draft",
    "draft_with_names",
]

_OWN: Final = 0.99
_BARE: Final = 0.8
_FIRST: Final = ("STDID", "DATE", "VOTE", "RANK", "COMMITTEE", "ORG")
"""Types that are preferred among mentions of equal length."""


def draft(
    text: str,
    *,
    index: NameIndex | None = None,
    title: str = "",
    date: PartialDate | None = None,
    words: Path | None = None,
) -> Draft:
    """Return what a text can be proposed to say.

    ``title`` and ``date`` of publication are looked for in the head of the text if they aren't
    given; without a date, relative dates have an empty value. ``index`` has the names of the graph;
    without it every entity is new. ``words`` is a YAML file of own names by type (``ORG: ...``).

    SourceError if that file can't be read.
    """
    article = ArticleText(
        text, title or find_title(text), date or find_date(text), read_words(words)
    )
    mentions = _mentions(article, index)
    if index is not None:
        mentions = link(index, article, mentions)
    relations = find_relations(article, mentions)
    return Draft(text, article.title, article.date, tuple(mentions), tuple(relations))


def draft_with_names(
    store: Store, text: str, title: str = "", date: str = "", words: Path | str | None = None
) -> Draft:
    """Return what :func:`draft` does, with the names of a store; the date as people write it.

    ArgumentError if ``date`` is none.
    """
    published = PartialDate.parse_typed(date) if date else None
    if date and published is None:
        raise ArgumentError(f"{date!r} is no date: write it like 2019-04-11")
    own = None if words is None else Path(words)
    return draft(text, index=name_index(store), title=title, date=published, words=own)


def _mentions(article: ArticleText, index: NameIndex | None) -> list[Mention]:
    dates, figures = find_dates(article), find_figures(article)
    titles, places = find_titles(article), find_places(article)
    numbers = _longest([*dates, *titles], figures)
    ranks = find_ranks(article)
    edges = [each for each in numbers if each.type in {"DATE", "QTY"}] + ranks
    codes = [each for each in titles if each.rule == "committee.number"]
    boundaries = NameBoundaries(article, places, edges, codes)
    names = find_organizations(article, boundaries) + find_events(article, boundaries)
    if index is not None:
        names += find_names(index, article)
    names += _own_names(article)
    persons = find_persons(article)
    others = [*names, *places, *persons, *ranks]
    first = [each for each in titles if each.rule != "committee.number"]
    first += find_votes(article)
    taken = _longest(first, [*numbers, *others])
    quotations = find_quotations(article, taken)
    phrases = [each for each in quotations if each.rule == "quoted.phrase"]
    # A phrase is one name, though it may have a place in it; speech has mentions of its own.
    kept = [m for m in taken if not any(phrase.contains(m) for phrase in phrases)]
    return sorted([*kept, *quotations], key=lambda m: (m.start, -m.end))


def _own_names(article: ArticleText) -> Iterable[Mention]:
    for type_, names in article.words.own.items():
        for match in re.finditer(alternatives(names), article.folded):
            yield article.mention(type_, match.span(), match[0], "own.name", _OWN)


def _longest(*groups: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that overlap no better one, in order.

    Those of an earlier group are better, then those with a clear beginning, then longer ones.
    """
    taken: list[Mention] = []
    for group in groups:
        for mention in sorted(group, key=_preference):
            if not any(mention.overlaps(other) for other in taken):
                taken.append(mention)
    return sorted(taken, key=lambda m: m.start)


def _preference(mention: Mention) -> tuple[bool, int, float, int]:
    order = _FIRST.index(mention.type) if mention.type in _FIRST else len(_FIRST)
    is_bare = mention.confidence < _BARE and mention.type not in {"DATE", "PLACE"}
    return is_bare, mention.start - mention.end, -mention.confidence, order
