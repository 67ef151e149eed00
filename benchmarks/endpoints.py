"""The same questions on generated data, in the embedded store and in an Oxigraph server.

``python -m benchmarks.endpoints FOLDER --triples 1000000`` builds, loads and asks; FOLDER keeps
what it made. Prints rows of Markdown: sizes, times to build and to load, and seconds a question.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from benchmarks.workload import generate
from kg.common import resources
from kg.common.errors import KgError
from kg.pipeline.build import CatalogueSelection, build
from kg.pipeline.endpoints import load_generation
from kg.queries.questions import find_question, run_question
from kg.store import Store
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation
from kg.store.remote import Endpoint, RemoteStore

QUESTIONS: Final = (
    *("ballot", "secretariats", "profile", "edge-evidence", "editions", "relations-of-document"),
    *("committee-today", "committee-program", "field-profile", "field-years", "newest"),
    *("statuses-by-body", "published-by-year", "published-by-field", "most-amended"),
    *("committee-ranks", "languages-by-body", "quality-by-body"),
)
_PORT: Final = 17890
_ROUNDS: Final = 3
_Result = TypeVar("_Result")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    given = parser.parse_args()
    folder: Path = given.folder / str(given.triples)
    folder.mkdir(parents=True, exist_ok=True)
    sources = folder / "made"
    repositories = (
        tuple(sources.iterdir()) if sources.exists() else generate(sources, given.triples)
    )
    documents = sum(1 for _ in repositories[0].rglob("*.yaml"))
    seconds, summary = timed(
        lambda: build(folder / "store", selection=CatalogueSelection(repositories, only=True))
    )
    print(f"| documents | {documents:,} |\n| statements | {summary.quads:,} |")
    print(f"| statements a document | {summary.quads / documents:.1f} |")
    print(f"| build, s | {seconds:.0f} |")
    generation = open_generation(folder / "store")
    embedded = EmbeddedStore.open(generation / STORE)
    print(f"| bytes a statement, embedded | {size_of(generation / STORE) / summary.quads:.0f} |")
    print(f"| bytes a statement, indexes too | {size_of(generation) / summary.quads:.0f} |")
    with oxigraph(folder / "oxigraph") as endpoint:
        seconds, loaded = timed(lambda: load_generation(folder / "store", endpoint))
        print(f"| load, s | {seconds:.0f}, {loaded.unchanged} graphs unchanged |")
        seconds, loaded = timed(lambda: load_generation(folder / "store", endpoint))
        print(f"| load again, s | {seconds:.0f}, {loaded.unchanged} graphs unchanged |")
        size = size_of(folder / "oxigraph")
        print(f"| bytes a statement, Oxigraph server | {size / summary.quads:.0f} |", flush=True)
        remote = RemoteStore(endpoint)
        print("| question | embedded, ms | server, ms |\n|---|---:|---:|")
        for name in QUESTIONS:
            cells = (f"{milliseconds(store, name)}" for store in (embedded, remote))
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"| peak memory, GB | {peak:.1f} |")


def timed(run: Callable[[], _Result]) -> tuple[float, _Result]:
    """Return the seconds that a call took, and its result."""
    begin = time.perf_counter()
    result = run()
    return time.perf_counter() - begin, result


def milliseconds(store: Store, name: str) -> str:
    """Return the shortest of a few runs of a question with its default parameters."""
    question = find_question(resources.queries(), name)
    try:
        times = [timed(lambda: run_question(store, question, {}))[0] for _ in range(_ROUNDS)]
    except KgError as error:
        return f"{error}"
    return f"{min(times) * 1000:,.1f}"


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


@contextmanager
def oxigraph(folder: Path) -> Iterator[Endpoint]:
    """Run an Oxigraph server on a store in a folder."""
    program = Path(sys.executable).with_name("oxigraph")
    address = f"127.0.0.1:{_PORT}"
    command = [str(program), "serve", "--location", str(folder), "--bind", address]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        yield Endpoint(f"http://{address}/query", f"http://{address}/update")
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
