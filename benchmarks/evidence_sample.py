"""Counts statements of catalogues that are credited to the wrong records.

    python -m benchmarks.evidence_sample --store FOLDER --data ARCHIVES [-n 2000] [--seed 1]

FOLDER is a folder of stores, and ARCHIVES holds the archives of Relaton from which it was built. Of
the records of each archive, half of the sample is taken from those that share a thing with another
record. For all things of these records, and all things whose relations they state, the records
credited are compared with those whose own conversion contains the statement; every record is
converted on its own for that. Names that a record gives to other things are left out.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.namespaces import RDF_TYPE, node
from kg.evidence.record_notes import DERIVED_FROM
from kg.evidence.records import Statement, records_of_statements
from kg.identifiers import iris
from kg.pipeline.accounts import graph_of
from kg.pipeline.build import read_accounts
from kg.sources import detection, relaton
from kg.sources.record_batch import Options
from kg.sources.source import Source
from kg.store import Store
from kg.store.generations import current_generation

_NAMES: Final = {str(node("skos:prefLabel")), str(node("dcterms:identifier"))}
_SHOWN: Final = 10


@dataclass
class Verdict:
    """The statements checked, with the number of records credited to each, and the wrong ones."""

    records: int = 0
    checked: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    """Check a sample of each archive; print a line for each, and the first mistakes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("-n", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    store = KnowledgeGraph.open(options.store).store
    accounts = read_accounts(current_generation(options.store))
    slugs = {account.slug for account in accounts if account.kind == "relaton"}
    wrong = 0
    for path in sorted(options.data.iterdir()):
        source = Source.open(path)
        if source.slug not in slugs:
            continue
        verdict = check(store, source, options.n, options.seed)
        wrong += len(verdict.wrong)
        several = sum(count for number, count in verdict.checked.items() if number > 1)
        print(
            f"{source.slug}: {verdict.records} records, {verdict.checked.total()} statements,"
            f" {several} of them of several records, {len(verdict.wrong)} wrong"
        )
        for line in verdict.wrong[:_SHOWN]:
            print(f"    {line}")
    raise SystemExit(1 if wrong else 0)


def check(store: Store, source: Source, number: int, seed: int) -> Verdict:
    """Compare the records credited with those that state it, for a sample of a source."""
    graph = graph_of(source.slug)
    things = _things_by_record(store, graph)
    sample = _sample(things, number, random.Random(seed))
    wanted: set[str] = {thing for record in sample for thing in things[record]}
    for record, lines in _conversions(source):
        if record in sample:
            wanted.update(subject for subject, *_ in _relations(lines, things[record]))
    stated: dict[str, set[str]] = {}
    for record, lines in _conversions(source):
        own = things.get(record, set())
        for subject, property_, line in _about(lines):
            introduced = property_ in _NAMES and subject not in own
            if subject in wanted and not introduced:
                stated.setdefault(line, set()).add(record)
    return _compare(store, graph, stated, len(sample))


def _compare(
    store: Store, graph: ox.NamedNode, stated: dict[str, set[str]], records: int
) -> Verdict:
    verdict = Verdict(records)
    statements = {}
    for line in stated:
        [quad] = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
        if quad.predicate != DERIVED_FROM:
            statements[line] = Statement(graph.value, quad.subject, quad.predicate, quad.object)
    credited = records_of_statements(store, statements.values())
    for line, statement in statements.items():
        expected, found = sorted(stated[line]), sorted(credited[statement])
        verdict.checked[len(expected)] += 1
        if expected != found:
            verdict.wrong.append(f"{line.strip()}: {expected} state it, credited to {found}")
    return verdict


def _things_by_record(store: Store, graph: ox.NamedNode) -> dict[str, set[str]]:
    things: dict[str, set[str]] = {}
    for quad in store.quads(graph, DERIVED_FROM):
        things.setdefault(str(quad.object)[1:-1], set()).add(str(quad.subject))
    return things


def _sample(things: dict[str, set[str]], number: int, choice: random.Random) -> set[str]:
    shared = Counter(thing for of_record in things.values() for thing in of_record)
    several = sorted(r for r, of_record in things.items() if any(shared[t] > 1 for t in of_record))
    sample = set(choice.sample(several, min(number // 2, len(several))))
    rest = sorted(things.keys() - sample)
    return sample | set(choice.sample(rest, min(number - len(sample), len(rest))))


def _conversions(source: Source) -> Iterator[tuple[str, list[str]]]:
    """Yield the IRI of each record and the lines of its own conversion."""
    for path, data in detection.record_files(source, "relaton"):
        lines = relaton.convert(path, data, Options(source.slug)).lines
        yield iris.record(source.slug, path), lines


def _about(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        subject, property_, _ = line.split(" ", 2)
        yield subject, property_, line


def _relations(lines: list[str], own: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield statements about others, except for names and for things such as committees."""
    about = list(_about(lines))
    introduced = {subject for subject, property_, _ in about if property_ == str(RDF_TYPE)}
    for each in about:
        if each[0] not in own | introduced and each[1] not in _NAMES:
            yield each


if __name__ == "__main__":
    main()
