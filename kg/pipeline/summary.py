"""What a build made, as it is shown and as it is kept with the graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.common import resources
from kg.evidence.selectors import Status
from kg.pipeline.accounts import Account

_FILE: Final = "summary.json"


@dataclass(frozen=True)
class Summary:
    """What a build made: counts, how the evidence stands, what SHACL said, and the catalogues.

    ``engine`` is the one that found no violation in the curated part, but so many ``warnings``.
    ``peak`` is the largest memory that a process of the build held, in bytes; ``size`` that of the
    store on disk. ``unchanged`` says that the graph before was made of the same, and stands.
    """

    folder: Path
    graphs: int
    quads: int
    claims: int
    entities: int
    evidence: tuple[Status, ...]
    engine: str
    warnings: int
    catalogues: tuple[Account, ...]
    rejects: Path | None
    seconds: float
    peak: int
    size: int
    unchanged: bool = False

    def write(self, generation: Path, made_of: str) -> None:
        """Keep it in the folder of a graph, with the digest of what the graph was made of."""
        kept = {name: getattr(self, name) for name in _COUNTS}
        kept |= {"made_of": made_of, "store": ox.__version__}
        kept |= {"evidence": [asdict(status) for status in self.evidence]}
        (generation / _FILE).write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")


_COUNTS: Final = ("graphs", "quads", "claims", "entities", "engine", "warnings", "peak", "size")


def read(
    generation: Path,
    folder: Path,
    catalogues: tuple[Account, ...],
    rejects: Path | None,
    seconds: float,
) -> Summary:
    """The summary that was kept with a graph."""
    kept = _kept(generation)
    return Summary(
        folder=folder,
        evidence=tuple(Status(**status) for status in kept["evidence"]),
        catalogues=catalogues,
        rejects=rejects,
        seconds=seconds,
        unchanged=True,
        **{name: kept[name] for name in _COUNTS},
    )


def quads_of(generation: Path) -> int | None:
    """How many quads a graph has, by the folder that holds it; nothing if its build did not say.

    Counting them would read the whole store.
    """
    said = _kept(generation).get("quads")
    return None if said is None else int(said)


def verdict(generation: Path) -> tuple[str, int] | None:
    """Which engine found no violation in the curated part, and how many warnings; if it is kept."""
    said = _kept(generation)
    return (said["engine"], said["warnings"]) if {"engine", "warnings"} <= said.keys() else None


def engine_of(generation: Path) -> str:
    """The version of the engine that wrote a store; empty if its build did not say."""
    return str(_kept(generation).get("store", ""))


def made_of(generation: Path) -> str:
    """The digest of what a graph was made of; empty if its build did not say."""
    return str(_kept(generation).get("made_of", ""))


def digest(accounts: Iterable[Account]) -> str:
    """A digest of all that a graph is made of: the program with its texts, and the catalogues."""
    found = hashlib.sha256(program().encode("ascii"))
    for account in sorted(accounts, key=lambda account: account.slug):
        found.update(f"{account.stem} {account.snapshot}\n".encode())
    return found.hexdigest()


@cache
def program() -> str:
    """A digest of the program with its texts, and of the libraries that read and judge them."""
    versions = [f"{name} {version(name)}" for name in ("pyoxigraph", "pyshacl", "rdflib", "shacl")]
    found = hashlib.sha256("\n".join(versions).encode())
    for folder in (
        resources.package(),
        resources.articles(),
        resources.ontology(),
        resources.queries(),
    ):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(f"{file.relative_to(folder)} ".encode())
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _kept(generation: Path) -> dict[str, Any]:
    """What was kept; nothing where that can't be read, so that the graph is built again."""
    try:
        found = json.loads((generation / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
