"""The summary of a build, for the user and as a file of the generation."""

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
from kg.evidence.selectors import EvidenceCounts
from kg.pipeline.accounts import Account
from kg.pipeline.article_account import ArticleAccount
from kg.store import Store

_FILE: Final = "summary.json"


@dataclass(frozen=True)
class Summary:
    """The result of a build: counts, verified evidence, the SHACL verdict, and the sources.

    ``articles`` are those of one's own, not those of the program.
    ``engine`` is the SHACL engine that validated the curated part, ``warnings`` the number of its
    warnings. ``peak`` is the peak memory of the largest process and ``size`` the size of the store
    on disk, both in bytes. ``unchanged`` is true if the previous graph was up to date and is kept.
    """

    folder: Path
    graphs: int
    quads: int
    claims: int
    entities: int
    evidence: tuple[EvidenceCounts, ...]
    engine: str
    warnings: int
    catalogues: tuple[Account, ...]
    rejects: Path | None
    seconds: float
    peak: int
    size: int
    unchanged: bool = False
    articles: tuple[ArticleAccount, ...] = ()

    def write(self, generation: Path, digest: str) -> None:
        """Write the summary into a generation, with the digest of its inputs."""
        fields = {name: getattr(self, name) for name in _COUNTS}
        fields |= {"made_of": digest, "store": ox.__version__}
        fields |= {"evidence": [asdict(status) for status in self.evidence]}
        text = json.dumps(fields, indent=0) + "\n"
        (generation / _FILE).write_text(text, encoding="utf-8")


_COUNTS: Final = ("graphs", "quads", "claims", "entities", "engine", "warnings", "peak", "size")


def read_summary(
    generation: Path,
    folder: Path,
    catalogues: tuple[Account, ...],
    rejects: Path | None,
    seconds: float,
    articles: tuple[ArticleAccount, ...] = (),
) -> Summary:
    """Read the summary of an unchanged graph."""
    fields = _read_fields(generation)
    return Summary(
        folder=folder,
        evidence=tuple(EvidenceCounts(**counts) for counts in fields["evidence"]),
        catalogues=catalogues,
        rejects=rejects,
        seconds=seconds,
        unchanged=True,
        articles=articles,
        **{name: fields[name] for name in _COUNTS},
    )


def stored_quad_count(generation: Path) -> int | None:
    """Return the number of quads that the build recorded; None if it did not.

    Counting them would read the whole store.
    """
    count = _read_fields(generation).get("quads")
    return None if count is None else int(count)


def quad_count(store: Store) -> int:
    """Return the number of quads of a store, as its build recorded it if there was one."""
    recorded = None if store.files is None else stored_quad_count(store.files)
    return store.size() if recorded is None else recorded


def stored_verdict(generation: Path) -> tuple[str, int] | None:
    """Return the SHACL engine and number of warnings that the build recorded; or None."""
    fields = _read_fields(generation)
    if not {"engine", "warnings"} <= fields.keys():
        return None
    return fields["engine"], fields["warnings"]


def stored_engine_version(generation: Path) -> str:
    """Return the version of the engine that wrote the store; empty if not recorded."""
    return str(_read_fields(generation).get("store", ""))


def stored_digest(generation: Path) -> str:
    """Return the digest of the inputs of a graph; empty if not recorded."""
    return str(_read_fields(generation).get("made_of", ""))


def input_digest(accounts: Iterable[Account], articles: str = "") -> str:
    """Return a digest of all inputs of a graph: program, content folders, articles, catalogues."""
    digest = hashlib.sha256((program_digest() + articles).encode("ascii"))
    for account in sorted(accounts, key=lambda account: account.slug):
        digest.update(f"{account.stem} {account.snapshot}\n".encode())
    return digest.hexdigest()


@cache
def program_digest() -> str:
    """Return a digest of the program, its content folders, and the libraries for validation."""
    versions = [f"{name} {version(name)}" for name in ("pyoxigraph", "pyshacl", "rdflib", "shacl")]
    digest = hashlib.sha256("\n".join(versions).encode())
    for folder in (
        resources.package(),
        resources.articles(),
        resources.ontology(),
        resources.queries(),
    ):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(folder)} ".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read_fields(generation: Path) -> dict[str, Any]:
    """Return the fields of the summary file; empty if unreadable, so that the graph is rebuilt."""
    try:
        fields = json.loads((generation / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return fields if isinstance(fields, dict) else {}
