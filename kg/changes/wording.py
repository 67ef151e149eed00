"""Events in words: a sentence for each kind, in both languages."""

from __future__ import annotations

from functools import cache
from typing import Final

import pyoxigraph as ox

from kg.changes.model import Event
from kg.common import resources
from kg.common.bilingual import Text
from kg.common.namespaces import BASE, iri

_SENTENCES: Final = {
    "published": Text("{name} was published", "{name}发布"),
    "new-edition": Text(
        "{name} has a new edition, {new}, after {old}", "{name}有新版次{new}，此前为{old}"
    ),
    "replaced": Text("{name} was replaced by {new}", "{name}被{new}代替"),
    "withdrawn": Text("{name} was withdrawn", "{name}废止"),
    "amended": Text("{name} was amended by {new}", "{name}由{new}修改"),
    "corrected": Text("{name} was corrected by {new}", "{name}由{new}勘误"),
    "adopted": Text("{name} was adopted as {new}", "{name}被采用为{new}"),
    "new-draft": Text("{name} is a new draft", "新增草案{name}"),
    "stage-reached": Text(
        "{name} went from stage {old} to {new}", "{name}由阶段{old}进入阶段{new}"
    ),
    "cancelled": Text("{name} was cancelled", "{name}取消"),
    "confirmed": Text("{name} was reviewed and confirmed", "{name}经复审确认"),
    "title-changed": Text(
        "The title of {name} changed from “{old}” to “{new}”", "{name}的题名由“{old}”改为“{new}”"
    ),
    "date-changed": Text(
        "A date of {name} changed from {old} to {new}", "{name}的日期由{old}改为{new}"
    ),
    "committee-changed": Text(
        "The committee of {name} changed from {old} to {new}", "{name}的归口单位由{old}改为{new}"
    ),
    "renamed": Text("{old} is now called {new}", "{old}现编号为{new}"),
    "committee-founded": Text("{name} was founded", "{name}成立"),
    "committee-disbanded": Text("{name} was disbanded", "{name}撤销"),
    "committee-state-changed": Text(
        "{name} changed from {old} to {new}", "{name}的状态由{old}变为{new}"
    ),
    "secretariat-changed": Text(
        "The secretariat of {name} passed from {old} to {new}", "{name}的秘书处由{old}移交{new}"
    ),
    "membership-changed": Text(
        "In {name}, {agent} changed from {old} to {new}", "{agent}在{name}中由{old}变为{new}"
    ),
    "liaison-changed": Text(
        "Liaisons of {name}: ended {old}, new {new}", "{name}的联络关系：终止{old}，新增{new}"
    ),
    "catalogued": Text("A record of {name} was added", "新增{name}的记录"),
    "record-gone": Text("The record of {name} is gone", "{name}的记录消失"),
}
_NOTHING: Final = Text("none", "无")
_SEPARATOR: Final = Text(", ", "、")
_SUPERSEDED: Final = Text("{name} was superseded", "{name}被代替")
_BETWEEN: Final = Text("between {before} and {after}", "{before}至{after}之间")
_SCHEMES: Final = f"{BASE}scheme/"
_LABEL: Final = ox.NamedNode(iri("skos:prefLabel"))


def describe_event(event: Event, lang: str) -> str:
    """Return an event as a sentence without its date.

    >>> describe_event(Event("withdrawn", "x:1", "ISO 1:2016"), "en")
    'ISO 1:2016 was withdrawn'
    """
    sentence = _SENTENCES[event.kind]
    if event.kind == "replaced" and not event.related:
        sentence = _SUPERSEDED
    return sentence.of(lang).format(
        name=event.name,
        old=join_values(event.old, lang) or _NOTHING.of(lang),
        new=join_values(event.new, lang) or _NOTHING.of(lang),
        agent=event.agent,
    )


def join_values(values: tuple[str, ...], lang: str) -> str:
    """Return values as one text; concepts of code lists by their labels."""
    return _SEPARATOR.of(lang).join(
        _concepts().get(value, Text(value, value)).of(lang) if value.startswith(_SCHEMES) else value
        for value in values
    )


def when(event: Event, lang: str) -> str:
    """Return the date of an event, or the days of the states between which it happened."""
    return event.date or _BETWEEN.of(lang).format(before=event.before, after=event.after)


@cache
def _concepts() -> dict[str, Text]:
    """Return the labels of the concepts of all code lists."""
    labels: dict[str, dict[str, str]] = {}
    path = resources.ontology() / "schemes.ttl"
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, label = triple.subject, triple.object
        if (
            triple.predicate == _LABEL
            and isinstance(subject, ox.NamedNode)
            and isinstance(label, ox.Literal)
        ):
            labels.setdefault(subject.value, {})[label.language or ""] = label.value
    return {
        concept: Text(by_language["en"], by_language["zh"])
        for concept, by_language in labels.items()
        if {"en", "zh"} <= by_language.keys()
    }
