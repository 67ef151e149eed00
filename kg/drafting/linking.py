"""Find the graph's names in a text, and the entity that each mention means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.common.folding import fold
from kg.common.namespaces import BASE, iri
from kg.drafting.article_text import ArticleText
from kg.drafting.boundaries import NO_COUNTRY
from kg.drafting.model import NEW, Mention
from kg.entities.index import Name, NameIndex
from kg.entities.index.schema import Rank
from kg.entities.resolution import candidates, prefer_by_kind

_KINDS: Final = (
    ("PLACE", ("std:Place", "std:PlaceRole")),
    ("COMMITTEE", ("std:TechnicalCommittee", "std:WorkingGroup")),
    ("PERSON", ("std:Person",)),
    ("ORG", ("std:Organization", "std:GovernmentBody", "std:StandardsBody", "std:Enterprise")),
    ("STANDARD", ("std:Standard", "std:StandardSeries", "std:Work")),
    ("EVENT", ("std:Event", "std:EventSeries")),
    ("REFORM", ("std:Initiative", "std:Reform", "std:Pilot", "std:Project")),
    ("DOCUMENT", ("std:Document", "std:Agreement")),
)
"""Classes of the graph by the type of mention, the most specific first."""
_NOT_NAMED: Final = frozenset(
    map(iri, ("std:Collective", "std:Post", "std:Claim", "std:Catalogue"))
)
_SEARCHED: Final = frozenset(("PLACE", "COMMITTEE", "PERSON", "ORG", "EVENT", "REFORM"))
"""Types whose names are found in a text without a rule; a title needs its 《》."""
_LINKED: Final = frozenset((*_SEARCHED, "STANDARD", "STDID", "DOCUMENT"))
_PLACE_ROLE: Final = iri("std:PlaceRole")
_WORLD: Final = f"{BASE}place/world"
_LONGEST: Final = 30
_SHORTEST: Final = 3
_SHORTEST_PLACE: Final = 2
_OTHER_REFORMS: Final = ("机制", "项目", "制度创新", "合作")
_NAME: Final = 0.96
_RUN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”/—-]+")


def find_names(index: NameIndex, article: ArticleText) -> list[Mention]:
    """Return the mentions of entities of the graph by one of their names."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for run in _RUN.finditer(article.folded):
        for start in range(run.start(), run.end()):
            for end in range(start + _SHORTEST_PLACE, min(start + _LONGEST, run.end()) + 1):
                spans.setdefault(fold(article.folded[start:end]), []).append((start, end))
    found = []
    for folded, names in index.find_each(spans).items():
        for type_, meant in _by_type(index, names).items():
            length = _SHORTEST_PLACE if type_ == "PLACE" else _SHORTEST
            for start, end in spans[folded] if type_ in _SEARCHED else ():
                if end - start >= length and _is_whole(article.folded, start, end):
                    if NO_COUNTRY.match(article.folded, max(0, start - 1)):
                        continue
                    value = re.sub("[“”]", "", article.text[start:end])
                    if not _is_specific(article, type_, value) and article.folded[start] != "“":
                        continue
                    entity = next(iter(meant)) if len(meant) == 1 else NEW
                    mention = article.mention(
                        type_, (start, end), value, "graph.name", _NAME, iri=entity
                    )
                    found.append(mention)
    return found


def _is_specific(article: ArticleText, type_: str, value: str) -> bool:
    """Return whether a name of the graph is no general word (标准化建设, 国际会议)."""
    words = article.words
    if type_ == "REFORM":
        named = value.endswith((*words["events", "reform_endings"], *_OTHER_REFORMS))
        return named and value not in words["events", "not_reforms"]
    general = {
        "EVENT": words["events", "not_events"],
        "ORG": words["organizations", "not_organizations"],
        "COMMITTEE": words["organizations", "not_committees"],
    }
    return value not in general.get(type_, ())


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a part has whole words of Latin letters, and quotes that are closed."""
    part = text[start:end]
    if part.count("“") != part.count("”") or part[0] == "”":
        return False
    cuts = ((start - 1, start), (end - 1, end))
    return not any(
        left >= 0
        and right < len(text)
        and text[left].isascii()
        and text[right].isascii()
        and text[left].isalnum()
        and text[right].isalnum()
        for left, right in cuts
    )


def _by_type(index: NameIndex, names: Iterable[Name]) -> dict[str, dict[str, None]]:
    """Return the IRIs of the entities that names mean, by the type of mention."""
    found: dict[str, dict[str, None]] = {}
    for name in names:
        type_ = _type_of(index, name)
        if type_:
            found.setdefault(type_, {})[name.iri] = None
    return found


def _type_of(index: NameIndex, name: Name) -> str:
    kinds = index.kind_sets[name.kind].every
    if name.rank in (Rank.TERM, Rank.CLAIM) or name.iri == _WORLD:
        return ""
    if name.rank == Rank.STATEMENT and _PLACE_ROLE not in kinds:
        return ""
    if kinds & _NOT_NAMED:
        return ""
    return next((type_ for type_, classes in _KINDS if kinds & frozenset(map(iri, classes))), "")


def link(index: NameIndex, article: ArticleText, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with the IRI of what they name: ``new`` for nothing or several."""
    home = _home_province(article, mentions)
    forms = {
        each: list(_forms(article, each, home))
        for each in mentions
        if each.type in _LINKED and each.iri == NEW
    }
    names = index.find_each({fold(form) for own in forms.values() for form in own})
    return [
        replace(each, iri=_entity(index, each, forms[each], names)) if each in forms else each
        for each in mentions
    ]


def _entity(
    index: NameIndex, mention: Mention, forms: Sequence[str], names: dict[str, list[Name]]
) -> str:
    wanted = {"STDID": {"STANDARD", "DOCUMENT"}}.get(mention.type, {mention.type})
    if mention.type in {"STANDARD", "DOCUMENT"}:
        wanted = {"STANDARD", "DOCUMENT"}
    if mention.type in {"ORG", "COMMITTEE"}:
        wanted = {"ORG", "COMMITTEE"}
    for form in forms:
        found = [name for name in names.get(fold(form), ()) if _type_of(index, name) in wanted]
        if not found and (mention.type == "STDID" or mention.rule == "committee.number"):
            found = [name for name in candidates(index, form) if _type_of(index, name) in wanted]
        iris = {name.iri for name in (prefer_by_kind(index, found) if found else [])}
        if len(iris) == 1:
            return iris.pop()
        if iris:
            return NEW
    return NEW


def _forms(article: ArticleText, mention: Mention, home: str) -> Iterator[str]:
    """Yield a name, and its longer forms: with the province that 省 means, with words in full."""
    names = [mention.value, mention.quote]
    if mention.type == "ORG" and home and re.match("省(?!级)", mention.value):
        names.append(home + mention.value)
    if mention.type == "PLACE":
        names += [mention.value + ending for ending in "省市"]
    expansions = article.words.mapping("organizations", "expansions")
    for name in dict.fromkeys(names):
        yield name
        for short, full in expansions.items():
            if name.endswith(short):
                yield name.removesuffix(short) + str(full)


def _home_province(article: ArticleText, mentions: Collection[Mention]) -> str:
    """Return the province that the text speaks of first, for 省市场监管局."""
    provinces = set(article.words["places", "provinces"])
    for mention in mentions:
        for length in (2, 3):
            if mention.type in {"PLACE", "ORG"} and mention.value[:length] in provinces:
                return mention.value[:length]
    return ""
