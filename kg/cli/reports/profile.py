"""Output of ``kg show``: the facts about an entity, grouped, with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.evidence_rows import profile_rows
from kg.analysis.model import DIRECTIONS
from kg.cli.reports.columns import for_people
from kg.cli.reports.evidence_notes import EvidenceNotes
from kg.cli.terminal import FOR_PEOPLE
from kg.common.bilingual import Text
from kg.common.date_words import spell_date
from kg.entities.status_words import describe_status
from kg.evidence.proofs import Proof, cite
from kg.tables import LabeledTable, render_table

if TYPE_CHECKING:
    from kg.analysis.editions import Edition
    from kg.analysis.model import Fact, Profile

_Cite = Callable[[Iterable[Proof]], str]

_STATUS: Final = Text("status: {words}", "状态：{words}")
_STATUS_CITED: Final = Text("status: {words} ({cited})", "状态：{words}（{cited}）")
_TRUNCATED: Final = Text(
    "{name}: the first {shown} of {total}", "{name}：共{total}项，此处为前{shown}项"
)
_SHOW_ALL: Final = Text(
    "All of them: kg show --all, or kg view --around ENTITY -o FILE.csv",
    "查看全部：kg show --all，或 kg view --around 实体 -o 文件.csv",
)
_EDITIONS: Final = Text("Its editions", "各版本")
_HOLDS: Final = Text("Current: {editions}", "现行：{editions}")
_NONE_HOLDS: Final = Text(
    "No catalogue says that one of these is current.", "无目录注明其中任何一版为现行。"
)
_LIST: Final = Text(", ", "、")
_GROUP_TITLES: Final = {
    "value": Text("What it is", "基本信息"),
    "out": Text("What it does, and belongs to", "其行为与归属"),
    "in": Text("What refers to it", "与之相关"),
}


def profile(profile: Profile, format: str, lang: str, *, evidence: bool = False) -> str:
    """Return the facts about an entity by group; formats for programs have a row per proof.

    ``evidence`` cites the evidence of each row in full in the table, otherwise in short.
    """
    notes = EvidenceNotes(lang)
    shorten = format == "table" and not evidence
    cite_row = notes.cite if shorten else partial(cite, lang=lang)
    facts = sorted(profile.facts, key=lambda fact: _sort_key(fact, lang))
    if format not in FOR_PEOPLE:
        return render_table(profile_rows(profile, facts, lang), format, lang)
    kinds = " · ".join(kind.of(lang) for kind in profile.kinds)
    lines = [profile.label.of(lang), f"  {kinds}"]
    other_names = [profile.label.of("zh" if lang == "en" else "en"), *profile.names]
    lines.append("  " + "; ".join(dict.fromkeys(name for name in other_names if name)))
    lines.append(_status(profile, lang))
    text = "\n".join(line for line in lines if line.strip()) + "\n"
    listed = {edition.iri for edition in profile.editions}
    text += _editions(profile, format, lang, cite_row)
    for direction in DIRECTIONS:
        group = [
            fact for fact in facts if fact.direction == direction and fact.value.value not in listed
        ]
        if group:
            is_value = direction == "value"
            table = (
                _value_table(group, lang, cite_row)
                if is_value
                else _relation_table(group, profile.label.of(lang), lang, cite_row)
            )
            text += f"\n{_GROUP_TITLES[direction].of(lang)}\n\n" + render_table(table, format, lang)
            text += _truncated(profile, direction, lang)
    text += notes.legend()
    return f"{text}\n{_SHOW_ALL.of(lang)}\n" if profile.truncated else text


def _status(profile: Profile, lang: str) -> str:
    """Return the status of a document with its evidence; empty for what no catalogue lists."""
    status = profile.status
    listed = any(proof.record for fact in profile.facts for proof in fact.proofs)
    if not status.key or (status.key == "untold" and not listed):
        return ""
    names = {iri: label.of(lang) for iri, label in profile.labels.items()}
    words = describe_status(status, names, lang)
    cited = cite(profile.status_proofs, lang)
    return "  " + (_STATUS_CITED if cited else _STATUS).of(lang).format(words=words, cited=cited)


def _editions(profile: Profile, format: str, lang: str, cite_row: _Cite) -> str:
    """Return the editions of a work as a table, and which of them is current."""
    if not profile.editions:
        return ""
    names = {iri: label.of(lang) for iri, label in profile.labels.items()}
    rows = tuple(
        (
            ox.Literal(edition.label.of(lang)),
            ox.Literal(spell_date(edition.date, lang)) if edition.date else None,
            ox.Literal(_edition_status(edition, names, lang)),
            ox.Literal(cite_row(edition.proofs)),
        )
        for edition in profile.editions
    )
    columns = ("edition", "publishedOn", "status", "evidence")
    table = render_table(for_people(LabeledTable(columns, rows, {}), lang), format, lang)
    current = [each.label.of(lang) for each in profile.editions if each.status.key == "current"]
    holds = _HOLDS.of(lang).format(editions=_LIST.of(lang).join(current))
    lines = [holds if current else _NONE_HOLDS.of(lang)]
    if profile.edition_count > len(profile.editions):
        lines.append(
            _TRUNCATED.of(lang).format(
                name=_EDITIONS.of(lang),
                shown=len(profile.editions),
                total=f"{profile.edition_count:,}",
            )
        )
    return f"\n{_EDITIONS.of(lang)}\n\n{table}\n" + "\n".join(lines) + "\n"


def _edition_status(edition: Edition, names: Mapping[str, str], lang: str) -> str:
    """Return the status of an edition, without the later ones, which stand in the same list."""
    return describe_status(replace(edition.status, later=()), names, lang)


def _truncated(profile: Profile, direction: str, lang: str) -> str:
    """Note which relations of a group were truncated."""
    lines = [
        _TRUNCATED.of(lang).format(
            name=relation.name.of(lang), shown=relation.listed, total=f"{relation.total:,}"
        )
        for relation in profile.truncated
        if relation.direction == direction
    ]
    return "".join(f"\n{line}" for line in lines) + "\n" if lines else ""


def _sort_key(fact: Fact, lang: str) -> tuple[int, bytes, str, bytes]:
    """Sort by group, name of the relation, date and name of the other end."""
    group = DIRECTIONS.index(fact.direction)
    return group, _collation_key(fact.name.of(lang)), fact.date, _collation_key(fact.shown.of(lang))


def _collation_key(text: str) -> bytes:
    # GB 18030 orders common characters by pinyin, as is usual in Chinese lists.
    return text.casefold().encode("gb18030", "replace")


def _value_table(facts: Iterable[Fact], lang: str, cite_row: _Cite) -> LabeledTable:
    """Return the values of an entity; multilingual ones only in the reader's language."""
    rows = tuple(
        (
            ox.Literal(fact.name.of(lang)),
            fact.value if fact.shown.en == fact.value.value else ox.Literal(fact.shown.of(lang)),
            ox.Literal(cite_row(fact.proofs)),
        )
        for fact in _in_language(list(facts), lang)
    )
    return for_people(LabeledTable(("property", "value", "evidence"), rows, {}), lang)


def _in_language(facts: Sequence[Fact], lang: str) -> Iterator[Fact]:
    """Drop values in other languages where a property has one in this language."""
    wanted = _primary_subtag(lang)
    translated = {fact.property for fact in facts if _language(fact) == wanted}
    for fact in facts:
        if fact.property not in translated or _language(fact) in ("", wanted):
            yield fact


def _language(fact: Fact) -> str:
    return _primary_subtag(fact.value.language or "") if isinstance(fact.value, ox.Literal) else ""


def _primary_subtag(tag: str) -> str:
    return tag.casefold().split("-")[0]


def _relation_table(facts: Iterable[Fact], entity: str, lang: str, cite_row: _Cite) -> LabeledTable:
    """Return relations as sentences about an entity, without its name at their beginning.

    Columns for relation and other end would not show the direction of the relation. The sentence
    includes the date of the relation; ``valueDate`` is that of the other end.
    """
    rows = tuple(
        (
            ox.Literal(_predicate(fact.sentence.of(lang), entity)) if fact.sentence else None,
            ox.Literal(spell_date(fact.when, lang)) if fact.when else None,
            ox.Literal(cite_row(fact.proofs)),
        )
        for fact in facts
    )
    return for_people(LabeledTable(("statement", "valueDate", "evidence"), rows, {}), lang)


def _predicate(sentence: str, subject: str) -> str:
    """Return a sentence without its subject, which stands above the table."""
    rest = sentence.removeprefix(subject[:1].upper() + subject[1:])
    # In Chinese, a possessive particle would be left.
    return rest.lstrip().removeprefix("的") if rest != sentence else sentence
