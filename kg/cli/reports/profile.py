"""Things by name, what is said of them, how two of them are related, and views as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.profile import DIRECTIONS
from kg.cli.reports.columns import FOR_PEOPLE, for_people
from kg.cli.reports.evidence_rows import of_profile
from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.evidence.proofs import cited
from kg.tables import Presentable, render

if TYPE_CHECKING:
    from kg.analysis.profile import Fact, Profile

_PART: Final = Text("{name}: the first {told} of {total}", "{name}：共{total}项，此处为前{told}项")
_ALL: Final = Text(
    "All of them: kg show --all, or kg view --around ENTITY -o FILE.csv",
    "查看全部：kg show --all，或 kg view --around 实体 -o 文件.csv",
)
_TITLES: Final = {
    "value": Text("What it is", "基本信息"),
    "out": Text("What it does, and belongs to", "其行为与归属"),
    "in": Text("What refers to it", "与之相关"),
}


def profile(found: Profile, format: str, lang: str) -> str:
    """All that is said of a thing, in groups; machine formats have a row for each proof."""
    facts = sorted(found.facts, key=lambda fact: _order(fact, lang))
    if format not in FOR_PEOPLE:
        return render(of_profile(found, facts, lang), format, lang)
    kinds = " · ".join(kind.of(lang) for kind in found.kinds)
    lines = [f"{found.label.of(lang)} {compact(found.iri)}", f"  {kinds}"]
    other = [found.label.of("zh" if lang == "en" else "en"), *found.names]
    lines.append("  " + "; ".join(dict.fromkeys(name for name in other if name)))
    text = "\n".join(line for line in lines if line.strip()) + "\n"
    for direction in DIRECTIONS:
        group = [fact for fact in facts if fact.direction == direction]
        if group:
            table = _values(group, lang) if direction == "value" else _relations(group, lang)
            text += f"\n{_TITLES[direction].of(lang)}\n\n" + render(table, format, lang)
            text += _parts(found, direction, lang)
    return f"{text}\n{_ALL.of(lang)}\n" if found.parts else text


def _parts(found: Profile, direction: str, lang: str) -> str:
    """Of which relations of a group there are more than are told."""
    lines = [
        _PART.of(lang).format(name=part.name.of(lang), told=part.told, total=f"{part.total:,}")
        for part in found.parts
        if part.direction == direction
    ]
    return "".join(f"\n{line}" for line in lines) + "\n" if lines else ""


def _order(fact: Fact, lang: str) -> tuple[int, bytes, str, bytes]:
    """Facts by group, and in each by the name of the relation, its date and the other end."""
    place = DIRECTIONS.index(fact.direction)
    return place, _collated(fact.name.of(lang)), fact.date, _collated(fact.shown.of(lang))


def _collated(text: str) -> bytes:
    # GB 18030 has the common characters in the order of their readings, as Chinese lists are.
    return text.casefold().encode("gb18030", "replace")


def _values(facts: Iterable[Fact], lang: str) -> Presentable:
    """Values for people: of a text in several languages only the one in theirs."""
    rows = tuple(
        (
            ox.Literal(fact.name.of(lang)),
            ox.Literal(fact.shown.of(lang)),
            ox.Literal(cited(fact.proofs, lang)),
        )
        for fact in _spoken(list(facts), lang)
    )
    return for_people(Presentable(("property", "value", "evidence"), rows, {}), lang)


def _spoken(facts: Sequence[Fact], lang: str) -> Iterator[Fact]:
    told = {fact.property for fact in facts if _language(fact) == _primary(lang)}
    for fact in facts:
        if fact.property not in told or _language(fact) in ("", _primary(lang)):
            yield fact


def _language(fact: Fact) -> str:
    return _primary(fact.value.language or "") if isinstance(fact.value, ox.Literal) else ""


def _primary(tag: str) -> str:
    return tag.casefold().split("-")[0]


def _relations(facts: Iterable[Fact], lang: str) -> Presentable:
    """Relations for people, as sentences.

    The name of a relation beside the other end would read the same whichever way it leads. The
    date of a relation stands in its sentence; that of the other end is apart from it.
    """
    rows = tuple(
        (
            ox.Literal(fact.sentence.of(lang)) if fact.sentence else None,
            ox.Literal(fact.when) if fact.when else None,
            ox.Literal(cited(fact.proofs, lang)),
        )
        for fact in facts
    )
    return for_people(Presentable(("statement", "valueDate", "evidence"), rows, {}), lang)
