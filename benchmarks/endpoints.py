"""The same questions on generated data, in the embedded store, an Oxigraph server, and Virtuoso.

``python -m benchmarks.endpoints FOLDER --triples 1000000`` builds, loads and asks; FOLDER keeps
what it made. ``--engine`` takes one of the servers alone; Virtuoso is Debian's package
virtuoso-opensource-7-bin. Prints rows of Markdown: sizes, times to build and to load, and
milliseconds a question.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
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
from kg.store.remote import RemoteStore
from tests.store.endpoints.engines import oxigraph, virtuoso

QUESTIONS: Final = (
    *("ballot", "secretariats", "profile", "edge-evidence", "editions", "relations-of-document"),
    *("committee-today", "committee-program", "field-profile", "field-years", "newest"),
    *("statuses-by-body", "published-by-year", "published-by-field", "most-amended"),
    *("committee-ranks", "languages-by-body", "quality-by-body"),
)
ENGINES: Final = {"oxigraph": oxigraph, "virtuoso": virtuoso}
_ROUNDS: Final = 3
_Result = TypeVar("_Result")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--engine", action="append", choices=ENGINES)
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
    with ExitStack() as stack:
        stores: dict[str, Store] = {"embedded": embedded}
        for name in given.engine or ENGINES:
            home = folder / name
            endpoint = stack.enter_context(ENGINES[name](home))
            seconds, loaded = timed(partial(load_generation, folder / "store", endpoint))
            print(f"| load into {name}, s | {seconds:.0f} |")
            seconds, loaded = timed(partial(load_generation, folder / "store", endpoint))
            print(f"| again, s | {seconds:.0f}, {loaded.unchanged} graphs unchanged |")
            size = size_of(home) / summary.quads
            print(f"| bytes a statement, {name} | {size:.0f} |", flush=True)
            stores[name] = RemoteStore(endpoint)
        print(f"| question | {', ms | '.join(stores)}, ms |\n|---|{'---:|' * len(stores)}")
        for question in QUESTIONS:
            cells = (milliseconds(store, question) for store in stores.values())
            print(f"| {question} | {' | '.join(cells)} |", flush=True)
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


if __name__ == "__main__":
    main()
