"""Finds word groups that a sentence repeats, apart from what the names in it have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.analysis.sentences import Phrasings
from kg.network.model import Edge, Node

_WORD = re.compile(r"[A-Za-z][\w'-]*|[\ue000-\uf8ff]|[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_GROUP = {"en": 2, "zh": 3}
_PAIR = 2
"""Han characters after a name that must not stand at its end."""


def repetitions(
    phrasings: Phrasings, nodes: Mapping[str, Node], edge: Edge, start: str
) -> Iterator[tuple[str, str]]:
    """Yield the sentences of an edge that repeat a word group, each with the group."""
    said = phrasings.nodes.sentence(edge.source, "en")
    for lang in ("en", "zh"):
        text = phrasings.sentence(nodes, edge, start).of(lang)
        if said:
            names = list(phrasings.nodes.values(edge.source, lang).values())
        else:
            names = [nodes[iri].label.of(lang) for iri in (edge.source, edge.target)]
            names += phrasings.nodes.values(edge.target, lang).values()
            names += phrasings.nodes.values(edge.via, lang).values()
        if fault := repeated(text, names):
            yield text, fault


def repeated(text: str, names: Iterable[str]) -> str:
    """Return the first word group that stands twice in a text, outside its names, or a name."""
    names = sorted({name for name in names if len(name) > 1 or not name.isdigit()}, key=len)[::-1]
    named: dict[str, str] = {}
    for number, name in enumerate(names):
        for form in (name, name[:1].upper() + name[1:]):
            if form in text:
                sign = chr(0xE000 + number)
                named[sign] = name
                text = text.replace(form, sign)
    for sign, name in named.items():
        if text.count(sign) > 1:
            return name
        after = text.partition(sign)[2]
        if _HAN.match(name[-1:]):
            if len(after) >= _PAIR and after[:_PAIR] in name[-2 * _PAIR :]:
                return after[:_PAIR]
        elif re.match(rf"\W*{re.escape(name.split()[-1])}\b", after):
            return name.split()[-1]
    lang = "zh" if _HAN.search(text) else "en"
    words = _WORD.findall(text)
    size = _GROUP[lang]
    groups = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    for group in groups:
        if groups.count(group) > 1:
            return ("" if lang == "zh" else " ").join(group)
    return ""
