"""Runs a query for each operator and shape of SPARQL 1.1 against ``kg serve``.

    python -m benchmarks.operators [--store DIR] [--timeout SECONDS] [--all]

The queries are made from the statistics of the graph in the store. Each is sent once over HTTP, and
must be answered within the time limit of the server, or be refused with a status and a reason. The
table has a line for each group, or with ``--all`` for each query: how many were answered and
refused, and the milliseconds to the end of the answer. The exit code is 1 if a query failed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from benchmarks.graph_statistics import statistics_of
from benchmarks.operator_queries import OperatorQuery, operator_queries
from benchmarks.serving import get, kg_serve, target_of
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation

_ACCEPTED: Final = "application/sparql-results+json, application/n-triples"
_REASONS: Final = {
    400: ("SERVICE",),
    403: ("read-only",),
    503: ("took longer than", "of memory"),
}
"""What a status says if it refuses a query that is valid."""


@dataclass(frozen=True)
class Outcome:
    """What became of a query."""

    query: OperatorQuery
    status: int
    reason: str
    seconds: float
    limit: float = float("inf")

    @property
    def is_answered(self) -> bool:
        """Whether there is a whole answer."""
        return self.status == 200

    @property
    def is_refused(self) -> bool:
        """Whether the server said why there is none."""
        if self.query.refused and self.status in {400, 403}:
            return len(self.reason) > 10
        if self.status == 0:
            # The time was up when a part of the answer had been sent: it is seen as cut.
            return self.seconds >= self.limit
        return any(text in self.reason for text in _REASONS.get(self.status, ()))

    @property
    def failed(self) -> bool:
        """Whether it was neither answered nor refused, or run although it must not be."""
        return not self.is_refused and (self.query.refused or not self.is_answered)


def ask(address: str, query: OperatorQuery, limit: float = float("inf")) -> Outcome:
    """Send a query to a server with a time limit; return what became of it."""
    begin = time.perf_counter()
    status, body = get(address, target_of(query.text), _ACCEPTED)
    seconds = time.perf_counter() - begin
    reason = "" if status == 200 else "the answer was broken off"
    if status > 200:
        reason = str(json.loads(body).get("detail", ""))
    return Outcome(query, status, reason, seconds, limit)


def line_of(outcome: Outcome) -> str:
    """Return a line about one query."""
    query = outcome.query
    how = outcome.reason or "answered"
    return f"{1000 * outcome.seconds:8.1f}  {query.group}: {query.name}: {how}"


def table(outcomes: Iterable[Outcome]) -> list[str]:
    """Return the lines of a table by group, in Markdown."""
    lines = [
        "| operators | queries | answered | refused | median ms | slowest |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for group, members in groupby(outcomes, key=lambda outcome: outcome.query.group):
        own = list(members)
        answered = [outcome for outcome in own if outcome.is_answered]
        refused = [outcome for outcome in own if outcome.is_refused]
        times = [1000 * outcome.seconds for outcome in answered]
        median = f"{statistics.median(times):.0f}" if times else ""
        slowest = sorted(answered, key=lambda outcome: -outcome.seconds)[:3]
        named = ", ".join(f"{o.query.name} {1000 * o.seconds:.0f}" for o in slowest)
        named = named.replace("|", "\\|")
        counts = f"{len(own)} | {len(answered)} | {len(refused)}"
        lines.append(f"| {group} | {counts} | {median} | {named} |")
    return lines


def main() -> int:
    """Run all queries, and print the table and what was refused or failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--all", action="store_true", help="a line for each query")
    options = parser.parse_args()
    store = EmbeddedStore.open(open_generation(options.store) / STORE)
    queries = list(operator_queries(statistics_of(store)))
    outcomes = []
    with kg_serve("--store", options.store, "--timeout", str(options.timeout)) as address:
        for query in queries:
            outcomes.append(outcome := ask(address, query, options.timeout))
            if options.all:
                print(line_of(outcome), flush=True)
    print("\n".join(table(outcomes)))
    for outcome in outcomes:
        if outcome.is_refused and not outcome.query.refused:
            print(f"refused: {outcome.query.name}: {outcome.reason}")
    failures = [outcome for outcome in outcomes if outcome.failed]
    for outcome in failures:
        print(f"failed: {line_of(outcome)} ({outcome.status})\n{outcome.query.text}")
    answered = sum(outcome.is_answered for outcome in outcomes)
    print(f"{len(outcomes)} queries: {answered} answered, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
