"""How well ``kg draft`` finds what a text says: precision, recall and values, by type.

    python -m benchmarks.drafting [TEXT] [--kept]

The texts of ``tests/fixtures/drafting`` have gold spans: a proposal is right if type, start and end
are the same, and its value if it is equal. With ``--kept`` only the texts are measured whose names
begin with ``kept-``: those that were written last.

TEXT is the text of the article that the graph starts from. Its own claims are the gold: every
figure, rank, vote, date and named entity of a claim is to be proposed inside a phrase on which the
claim stands, and what is proposed inside the phrases is to be in a claim on them.

Prints the misses, then the table.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.dates import PartialDate
from kg.common.folding import fold
from kg.common.namespaces import CLAIM, ENTITIES_GRAPH, EVIDENCE_GRAPH, node
from kg.drafting import Draft, Mention, draft
from kg.drafting.article_text import read_text
from kg.entities.index import name_index
from kg.evidence.selectors import read_positions
from kg.graph import KnowledgeGraph
from kg.sources.article import read_article

FOLDER: Final = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "drafting"
ARTICLE: Final = resources.articles() / "cfsn-2019-04-11"
KEPT: Final = "kept-"
_MARKS: Final = re.compile("[《》“”]")
_DATETYPES: Final = frozenset(
    node(f"xsd:{name}") for name in ("gYear", "gYearMonth", "date", "dateTime")
)
_VALUE: Final = node("std:value")
_RANK: Final = node("std:rank")
_EVIDENCE: Final = node("std:evidence")
_TYPE: Final = node("rdf:type")
_NO_TYPE: Final = frozenset(
    node(f"std:{name}")
    for name in ("Task", "Phase", "Practice", "Collective", "Post", "Award", "AwardRound", "Ballot")
)
"""Classes of things for which a draft has no type of mention."""
_NAMES: Final = frozenset((node("skos:prefLabel"), node("skos:altLabel")))


@dataclass(frozen=True)
class Gold:
    """A span that a text is marked with, and its value."""

    type: str
    start: int
    end: int
    quote: str
    value: str


@dataclass(frozen=True)
class Marked:
    """A text with gold spans, and the relations that it states as subject and object by claim."""

    name: str
    text: str
    date: PartialDate | None
    gold: tuple[Gold, ...]
    relations: tuple[tuple[str, str, str], ...]


@dataclass
class Score:
    """Counts by type: proposals that are right, wrong and missing, and wrong values."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, types: Iterable[str]) -> float:
        """Return the share of proposals of some types that are right."""
        right, wrong = (sum(c[t] for t in types) for c in (self.right, self.wrong))
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, types: Iterable[str]) -> float:
        """Return the share of gold spans of some types that are proposed."""
        right, missing = (sum(c[t] for t in types) for c in (self.right, self.missing))
        return right / (right + missing) if right + missing else 1.0

    def valued(self, types: Iterable[str]) -> float:
        """Return the share of right proposals whose values are right too."""
        right, bad = (sum(c[t] for t in types) for c in (self.right, self.values))
        return 1 - bad / right if right else 1.0


def read_marked(file: Path) -> Marked:
    """Read a text with ``⟦TYPE|quote|value⟧`` marks; ValueError for a mark that is not closed."""
    head, body, *rest = file.read_text(encoding="utf-8").split("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    text, gold, opened = "", [], []
    position = 0
    while position < len(body):
        character = body[position]
        if character == "⟦":
            bar = body.index("|", position)
            opened.append((body[position + 1 : bar], len(text)))
            position = bar + 1
        elif opened and character in "|⟧":
            close = body.index("⟧", position)
            type_, start = opened.pop()
            quote = text[start:]
            value = body[position + 1 : close] if character == "|" else _bare(quote)
            gold.append(Gold(type_, start, len(text), quote, value))
            position = close + 1
        else:
            text += character
            position += 1
    if opened:
        raise ValueError(f"{file}: the mark {opened[-1][0]} is not closed")
    lines = rest[0].strip().splitlines() if rest else []
    relations = [tuple(part.strip() for part in line.split(" | ")) for line in lines]
    return Marked(
        file.stem,
        text,
        PartialDate.parse(fields["date"]),
        tuple(sorted(gold, key=lambda g: g.start)),
        tuple((claim, subject, object_) for claim, subject, object_ in relations),
    )


def _bare(quote: str) -> str:
    """Return a quote without the marks around a title, or those in a name."""
    if quote.startswith("《") and quote.endswith("》"):
        return quote[1:-1]
    if quote.startswith("“") and quote.endswith("”"):
        return quote[1:-1]
    return _MARKS.sub("", quote)


def marked_texts(*, kept: bool | None = None) -> list[Marked]:
    """Return all marked texts, or only those kept back (True) or not (False)."""
    files = sorted(FOLDER.glob("*.txt"))
    chosen = [f for f in files if kept is None or f.name.startswith(KEPT) == kept]
    return [read_marked(file) for file in chosen]


def measure(marked: Marked, drafted: Draft, score: Score) -> None:
    """Add what a draft of a marked text has right and wrong."""
    gold = {(g.type, g.start, g.end): g for g in marked.gold}
    found = {(m.type, m.start, m.end): m for m in drafted.mentions}
    for key, mention in found.items():
        if key not in gold:
            score.wrong[mention.type] += 1
            score.misses.append(f"{marked.name}: not gold: {_line(mention)}")
            continue
        score.right[mention.type] += 1
        if mention.value != gold[key].value:
            score.values[mention.type] += 1
            score.misses.append(f"{marked.name}: value: {_line(mention)}, not {gold[key].value}")
    for key, each in gold.items():
        if key not in found:
            score.missing[each.type] += 1
            score.misses.append(f"{marked.name}: missing: {each.type} {each.start} {each.quote}")


def measure_relations(marked: Marked, drafted: Draft, score: Score) -> None:
    """Add which of a text's relations are proposed; figures' counts are left out."""
    gold = {tuple(_MARKS.sub("", part) for part in relation) for relation in marked.relations}
    found = {
        (r.claim, _MARKS.sub("", r.subject), _MARKS.sub("", r.object))
        for r in drafted.relations
        if r.claim != "counts"
    }
    score.right["relation"] += len(gold & found)
    score.missing["relation"] += len(gold - found)
    score.misses += [
        f"{marked.name}: missing relation: {' '.join(r)}" for r in sorted(gold - found)
    ]


def _line(mention: Mention) -> str:
    return f"{mention.type} {mention.start} {mention.quote} = {mention.value} ({mention.rule})"


@dataclass(frozen=True)
class _Claim:
    """What a claim of the article says: its phrases, values and named entities."""

    iri: str
    phrases: tuple[tuple[int, int], ...]
    numbers: frozenset[str]
    dates: frozenset[str]
    entities: frozenset[str]


def read_claims(folder: Path) -> list[_Claim]:
    """Read the claims of an article that stand on phrases."""
    quads = read_article(folder).quads
    positions = read_positions(quads)
    evidence: dict[str, list[str]] = {}
    content: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graph = str(getattr(quad.graph_name, "value", ""))
        if graph == EVIDENCE_GRAPH and quad.predicate == _EVIDENCE:
            evidence.setdefault(_text(quad.subject), []).append(_text(quad.object))
        elif graph.startswith(CLAIM):
            content.setdefault(graph, []).append(quad)
    return [
        _Claim(
            claim,
            tuple(
                (positions[e].start, positions[e].end) for e in evidence[claim] if e in positions
            ),
            frozenset(_text(q.object) for q in own if q.predicate in (_VALUE, _RANK)),
            frozenset(
                _text(q.object).partition("T")[0]
                for q in own
                if isinstance(q.object, ox.Literal) and q.object.datatype in _DATETYPES
            ),
            frozenset(_text(term) for q in own for term in (q.subject, q.object)),
        )
        for claim, own in content.items()
        if any(e in positions for e in evidence.get(claim, ()))
    ]


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def measure_article(text: str, drafted: Draft, score: Score) -> None:
    """Add what a draft of the article has of what its claims say, and what they don't say."""
    claims = read_claims(ARTICLE)
    names: dict[str, set[str]] = {}
    quads = read_article(ARTICLE).quads
    others = {_text(q.subject) for q in quads if q.predicate == _TYPE and q.object in _NO_TYPE}
    for quad in quads:
        is_name = _text(quad.graph_name) == ENTITIES_GRAPH and quad.predicate in _NAMES
        if is_name and _text(quad.subject) not in others:
            names.setdefault(_text(quad.subject), set()).add(_text(quad.object))
    for kind, key, spans in _expected(text, claims, names):
        if any(_proposes(mention, kind, key, spans) for mention in drafted.mentions):
            score.right[kind] += 1
        else:
            score.missing[kind] += 1
            quotes = " / ".join(text[start:end] for start, end in spans)
            score.misses.append(f"article: missing: {kind} {key} in {quotes}")
    for mention in drafted.mentions:
        around = [c for c in claims if any(_inside(mention, span) for span in c.phrases)]
        if around and not any(_is_said(mention, claim) for claim in around):
            score.wrong[_kind(mention)] += 1
            score.misses.append(f"article: in no claim: {_line(mention)}")


def _expected(
    text: str, claims: Sequence[_Claim], names: dict[str, set[str]]
) -> Iterator[tuple[str, str, tuple[tuple[int, int], ...]]]:
    seen = set()
    for claim in claims:
        phrases = [text[start:end] for start, end in claim.phrases]
        wanted = [("number", value) for value in claim.numbers]
        wanted += [("date", value) for value in claim.dates]
        wanted += [("entity", entity) for entity in _named(claim, phrases, names)]
        for kind, key in wanted:
            if (kind, key, claim.phrases) not in seen:
                seen.add((kind, key, claim.phrases))
                yield kind, key, claim.phrases


def _named(claim: _Claim, phrases: Sequence[str], names: dict[str, set[str]]) -> Iterator[str]:
    """Yield the entities of a claim by whose names its phrases have a part of their own.

    A name inside a longer one (浙江省 in 浙江省政府) is a part of that.
    """
    found = {
        (entity, fold(name))
        for entity in claim.entities
        for name in names.get(entity, ())
        if len(name) > 1 and any(fold(name) in fold(phrase) for phrase in phrases)
    }
    for entity, name in sorted(found):
        if not any(name in other and name != other for _, other in found):
            yield entity


def _inside(mention: Mention, span: tuple[int, int]) -> bool:
    return span[0] <= mention.start and mention.end <= span[1]


def _kind(mention: Mention) -> str:
    kinds = {"QTY": "number", "RANK": "number", "VOTE": "number", "DATE": "date"}
    return kinds.get(mention.type, "entity")


def _proposes(mention: Mention, kind: str, key: str, spans: Sequence[tuple[int, int]]) -> bool:
    if not any(mention.start < end and start < mention.end for start, end in spans):
        return False
    return (
        mention.iri == key if kind == "entity" else _kind(mention) == kind and mention.value == key
    )


def _is_said(mention: Mention, claim: _Claim) -> bool:
    kind = _kind(mention)
    if kind == "entity":
        return mention.iri == "new" or mention.iri in claim.entities
    values = claim.numbers if kind == "number" else claim.dates
    return mention.value in values or (kind == "number" and mention.type != "QTY")


def table(score: Score) -> str:
    """Return the scores as a table in Markdown."""
    types = sorted({*score.right, *score.wrong, *score.missing})
    lines = ["| type | gold | precision | recall | values |", "|---|---|---|---|---|"]
    for name, own in (*((t, [t]) for t in types), ("all", types)):
        count = sum(score.right[t] + score.missing[t] for t in own)
        shares = (score.precision(own), score.recall(own), score.valued(own))
        lines.append(f"| {name} | {count} | " + " | ".join(f"{s:.3f}" for s in shares) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the misses and the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("text", nargs="?", type=Path)
    parser.add_argument("--kept", action="store_true")
    options = parser.parse_args()
    index = name_index(KnowledgeGraph.in_memory().store)
    score, relations = Score(), Score()
    for marked in marked_texts(kept=True if options.kept else None):
        drafted = draft(marked.text, index=index, date=marked.date)
        measure(marked, drafted, score)
        measure_relations(marked, drafted, relations)
    print("\n".join([*score.misses, *relations.misses, "", table(score)]))
    total = relations.right.total() + relations.missing.total()
    print(f"\nrelations: {relations.right.total()} of {total} found")
    if options.text:
        article = Score()
        text = read_text(options.text)
        measure_article(text, draft(text, index=index), article)
        print("\n".join(["", *article.misses, "", table(article)]))


if __name__ == "__main__":
    main()
