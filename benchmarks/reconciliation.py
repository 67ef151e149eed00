"""Reconciles names over HTTP, and compares time and matches with the library on the same names.

    python -m benchmarks.reconciliation --store FOLDER [--rows N] [--openrefine URL]

The names are labels and titles of entities in the store, every fifth with an error in spelling or
words behind it. With ``--openrefine``, the address of a running OpenRefine, it reconciles them too.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import httpx

from kg import KnowledgeGraph
from kg.web.reconciliation.queries import MAX_BATCH

_NAMES: Final = """
SELECT ?name WHERE { { ?entity skos:prefLabel ?name } UNION { ?entity dcterms:title ?name } }
"""
_STRIDE: Final = 61
"""Prime to the numbers of labels per record, so that all kinds of records are met."""
_COLUMN: Final = "name"
_POLL: Final = 0.5
_CLIENT: Final = httpx.Client(timeout=120)


def main() -> None:
    """Print rows a second of the library, of the service, and of OpenRefine if it is given."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--openrefine", metavar="URL")
    options = parser.parse_args()
    graph = KnowledgeGraph.open(options.store)
    names = list(_sample(graph, options.rows))
    # The first look-up opens the indexes and imports the grammars.
    graph.match(names[:1])
    start = time.perf_counter()
    matches = {match.text: match.iri for match in graph.match(names)}
    own = time.perf_counter() - start
    _report("library", names, own, own, sum(map(bool, matches.values())))
    with _serve(options.store) as url:
        _post(url, names[:1])
        start = time.perf_counter()
        found = _reconcile(url, names)
        seconds = time.perf_counter() - start
        _report("service", names, seconds, own, sum(map(bool, found.values())))
        differing = [name for name in names if matches[name] != found[name]]
        print(f"{len(differing)} names match otherwise {differing[:3]}")
        if options.openrefine:
            start = time.perf_counter()
            count = OpenRefine(options.openrefine).reconcile(names, f"{url}/reconcile/en")
            _report("OpenRefine", names, time.perf_counter() - start, own, count)


def _report(what: str, names: list[str], seconds: float, own: float, matched: int) -> None:
    rate = len(names) / seconds
    print(
        f"{what:12} {len(names)} rows, {matched} matched, {seconds:6.1f} s, {rate:6.0f} rows/s,"
        f" {seconds / own:5.2f} times the library"
    )


def _sample(graph: KnowledgeGraph, count: int) -> Iterator[str]:
    rows = graph.store.rows(_NAMES)
    labels = dict.fromkeys(row[0].value for row in islice(rows, 0, None, _STRIDE) if row[0])
    for place, name in enumerate(islice(labels, count)):
        match place % 10:
            case 4:
                yield f"{name} and more"
            case 9:
                yield name[:2] + name[3:]
            case _:
                yield name


def _reconcile(url: str, names: list[str]) -> dict[str, str]:
    """Return the match of each name, or an empty text."""
    found: dict[str, str] = {}
    for start in range(0, len(names), MAX_BATCH):
        found |= _post(url, names[start : start + MAX_BATCH])
    return found


def _post(url: str, names: list[str]) -> dict[str, str]:
    batch = {str(place): {"query": name, "limit": 6} for place, name in enumerate(names)}
    form = {"queries": json.dumps(batch)}
    answer = _CLIENT.post(f"{url}/reconcile/en", data=form).raise_for_status().json()
    return {
        name: next((each["id"] for each in answer[key]["result"] if each["match"]), "")
        for key, name in zip(batch, names, strict=True)
    }


@contextmanager
def _serve(store: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--timeout", "60"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.wait()


class OpenRefine:
    """A running OpenRefine (3.4 or later), driven by its HTTP API as its own pages do."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=f"{url}/command/core/", timeout=120)

    def reconcile(self, names: list[str], service: str) -> int:
        """Reconcile names in a new project with a service; return how many were matched."""
        project = self._create(names)
        try:
            manifest = httpx.get(service).raise_for_status().json()
            config = {
                "mode": "standard-service",
                "service": service,
                "identifierSpace": manifest["identifierSpace"],
                "schemaSpace": manifest["schemaSpace"],
                "type": None,
                "autoMatch": True,
                "columnDetails": [],
                "limit": 6,
            }
            self._command(
                "reconcile", project, columnName=_COLUMN, config=json.dumps(config), engine="{}"
            )
            while self._get("get-processes", project=project)["processes"]:
                time.sleep(_POLL)
            model = self._get("get-models", project=project)["columnModel"]["columns"]
            [stats] = [column["reconStats"] for column in model if column["name"] == _COLUMN]
            return int(stats["matchedTopics"])
        finally:
            self._command("delete-project", project)

    def _create(self, names: list[str]) -> str:
        file = io.StringIO()
        csv.writer(file).writerows([[_COLUMN], *([name] for name in names)])
        answer = self._client.post(
            "create-project-from-upload",
            params={"csrf_token": self._token()},
            data={"project-name": "benchmark", "format": "text/line-based/*sv"},
            files={"project-file": ("names.csv", file.getvalue().encode(), "text/csv")},
        )
        return str(answer.url.params.get("project") or answer.headers["location"].split("=")[-1])

    def _token(self) -> str:
        return str(self._get("get-csrf-token")["token"])

    def _get(self, command: str, **parameters: str) -> Any:
        return self._client.get(command, params=parameters).raise_for_status().json()

    def _command(self, command: str, project: str, **fields: str) -> Any:
        data = {"project": project, "csrf_token": self._token(), **fields}
        answer = self._client.post(command, params={"project": project}, data=data)
        content = answer.raise_for_status().json()
        if content.get("code") == "error":
            raise SystemExit(f"OpenRefine: {content}")
        return content


if __name__ == "__main__":
    main()
