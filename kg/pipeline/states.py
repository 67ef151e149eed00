"""Open states of catalogues to compare: built graphs, and sources as they stand or stood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.errors import StoreError
from kg.common.workers import Workers
from kg.pipeline import catalogues, conversion_cache
from kg.pipeline.accounts import Account
from kg.pipeline.catalogues import read_accounts
from kg.sources.source import Source
from kg.store.generations import finished_generations, had_graph, open_generation

_KEPT: Final = 1 << 29
"""Bytes of conversions that are kept for the next comparison."""


@dataclass(frozen=True)
class CatalogueState:
    """A state of a catalogue.

    ``slug`` is its name in the graph, ``snapshot`` its day (ISO 8601), ``path`` its source, and
    ``file`` its conversion, compressed N-Triples.
    """

    slug: str
    snapshot: str
    path: str
    file: Path


def open_states(
    old: Path, new: Path, kind: str | None = None
) -> tuple[list[CatalogueState], list[CatalogueState]]:
    """Open two states: each a folder of a built graph, or a source (``FOLDER@DAY`` for git).

    Two sources are taken as states of one catalogue, whatever they are called, and converted if
    they haven't been. Raises SourceError for a source that can't be read, and StoreError for a
    graph that is damaged or has lost its conversions.
    """
    if had_graph(old) or had_graph(new):
        return _stored_or_source(old, kind), _stored_or_source(new, kind)
    later = Source.open(new)
    earlier = Source.open(old, later.slug)
    with Workers() as workers:
        return [_converted(earlier, kind, workers)], [_converted(later, kind, workers)]


def _stored_or_source(path: Path, kind: str | None) -> list[CatalogueState]:
    if had_graph(path):
        return stored_states(path)
    with Workers() as workers:
        return [_converted(Source.open(path), kind, workers)]


def _converted(source: Source, kind: str | None, workers: Workers) -> CatalogueState:
    from platformdirs import user_cache_path

    cache = user_cache_path("stdkg", appauthor=False) / "compared"
    job = catalogues.plan_source(source, kind)
    account = catalogues.convert(job, cache, workers)
    _keep_newest(cache, account)
    return _of_account(cache, account)


def _keep_newest(cache: Path, account: Account) -> None:
    """Remove the conversions that have not been used for longest."""
    (cache / f"{account.stem}.json").touch()
    files = sorted(cache.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    size = 0
    for file in files:
        size += file.with_suffix(".nt.zst").stat().st_size
        if size > _KEPT and file.stem != account.stem:
            conversion_cache.remove_conversion(cache, file.stem)


def stored_states(folder: Path) -> list[CatalogueState]:
    """Return the states of the catalogues in the built graph of a folder.

    Raises StoreError if there is none, or if a conversion is gone.
    """
    return _of_generation(folder, open_generation(folder))


def last_states(folder: Path) -> tuple[list[CatalogueState], list[CatalogueState]] | None:
    """Return the states of the catalogues before and after the last build that changed the graph.

    None if no earlier graph is kept. Raises StoreError if there is no graph, or if a conversion is
    gone.
    """
    current = open_generation(folder)
    earlier = next((each for each in finished_generations(folder) if each != current), None)
    if earlier is None:
        return None
    return _of_generation(folder, earlier), _of_generation(folder, current)


def _of_generation(folder: Path, generation: Path) -> list[CatalogueState]:
    return [state_of_account(folder, account) for account in read_accounts(generation)]


def state_of_account(folder: Path, account: Account) -> CatalogueState:
    """Return a catalogue's state in a folder of stores; StoreError if its conversion is gone."""
    return _of_account(folder / catalogues.CACHE, account)


def _of_account(cache: Path, account: Account) -> CatalogueState:
    file = cache / f"{account.stem}.nt.zst"
    if not file.exists():
        raise StoreError(
            f"{file}, the conversion of {account.slug}, is gone: give its source to 'kg build'"
        )
    return CatalogueState(account.slug, account.snapshot, account.path, file)
