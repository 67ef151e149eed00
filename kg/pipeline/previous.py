"""The graph that a build starts from, and what is left of it if files are damaged.

A damaged graph is never copied, and its sources are never dropped without a word.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.common.errors import BuildError, KgError, StoreError
from kg.pipeline import article_account, catalogues, conversion, conversion_cache
from kg.pipeline.accounts import Account
from kg.pipeline.article_account import ArticleAccount
from kg.store import generations
from kg.store.checksums import CHANGED, MISSING, Damage, find_damage
from kg.store.completion import read_completion


@dataclass(frozen=True)
class PreviousGraph:
    """The graph before a build: its sources, and its folder if all files in it are whole."""

    accounts: tuple[Account, ...] = ()
    whole: Path | None = None
    articles: tuple[ArticleAccount, ...] = ()


def previous_graph(
    folder: Path, warn: Callable[[str], None], *, sources_needed: bool
) -> PreviousGraph:
    """Check the current graph in full, and make the newest whole one current if none is.

    ``warn`` is called with one line for damage that the build will mend. BuildError if
    ``sources_needed`` and nothing tells any more which sources the graph had. Needs the
    :func:`~kg.store.generations.build_lock`.
    """
    try:
        current = generations.current_generation(folder)
    except StoreError:
        return _without_current(folder, warn, sources_needed)
    completion = read_completion(current)
    files = completion.files if completion else None
    damage = find_damage(current, files or {})
    if damage:
        more = f" and {len(damage) - 1} more" if len(damage) > 1 else ""
        warn(
            f"the graph in {folder} is damaged ({damage[0]}{more}): it is built again in full from"
            " its sources"
        )
    damaged = {each.file for each in damage}
    accounts, articles = _accounts(current, damaged), _articles(current, damaged)
    if (accounts is None or articles is None) and sources_needed:
        raise _lost_sources(folder)
    whole = current if files is not None and not damage else None
    return PreviousGraph(accounts or (), whole, articles or ())


def _without_current(
    folder: Path, warn: Callable[[str], None], sources_needed: bool
) -> PreviousGraph:
    if not generations.had_graph(folder):
        return PreviousGraph()
    finished = generations.finished_generations(folder)
    whole = next((each for each in finished if is_whole(each)), None)
    # The newest one lists the sources, even if another one is whole.
    accounts = _accounts(finished[0], set()) if finished else None
    articles = _articles(finished[0], set()) if finished else None
    if (accounts is None or articles is None) and sources_needed:
        raise _lost_sources(folder)
    if whole is None:
        warn(f"{folder / 'current'} names no complete graph: it is built again in full")
        return PreviousGraph(accounts or (), None, articles or ())
    generations.point_to(whole)
    warn(
        f"{folder / 'current'} named no complete graph: it names the newest whole one again,"
        f" {whole.name}"
    )
    return PreviousGraph(accounts or (), whole, articles or ())


def is_whole(generation: Path) -> bool:
    """Return whether all files of a generation equal their checksums."""
    completion = read_completion(generation)
    return (
        completion is not None
        and completion.files is not None
        and not find_damage(generation, completion.files)
    )


def find_all_damage(folder: Path) -> list[Damage]:
    """Return the damaged files of the current graph and of the converted sources.

    Paths are relative to the folder of stores. StoreError if no graph has been built in it, or if
    the graph has no checksums.
    """
    try:
        current = generations.current_generation(folder)
    except StoreError:
        if not generations.had_graph(folder):
            raise
        return list(_pointer_damage(folder))
    completion = read_completion(current)
    if completion is None or completion.files is None:
        raise StoreError(
            f"the graph in {folder} has no checksums, since an earlier version built it: run"
            f" '{generations.build_command(folder)}'"
        )
    place = current.relative_to(folder).as_posix()
    damage = [
        Damage(f"{place}/{each.file}", each.fault)
        for each in find_damage(current, completion.files)
    ]
    accounts = _accounts(current, {each.file.removeprefix(f"{place}/") for each in damage})
    return damage + list(_cache_damage(folder, accounts or ()))


def _pointer_damage(folder: Path) -> Iterator[Damage]:
    pointer = folder / "current"
    named, *_ = [*generations.finished_generations(folder), folder]
    if pointer.exists() and pointer.read_bytes().strip() == named.name.encode():
        mark = named / "complete"
        fault = CHANGED if mark.exists() else MISSING
        yield Damage(mark.relative_to(folder).as_posix(), fault)
    else:
        yield Damage(pointer.name, CHANGED if pointer.exists() else MISSING)


def _cache_damage(folder: Path, accounts: tuple[Account, ...]) -> Iterator[Damage]:
    for account in accounts:
        file = catalogues.ntriples_file(folder, account)
        if not conversion.is_whole(account, file.parent):
            fault = CHANGED if file.exists() else MISSING
            yield Damage(file.relative_to(folder).as_posix(), fault)


def _accounts(generation: Path, damaged: set[str]) -> tuple[Account, ...] | None:
    """Return the catalogues of a graph; None if their list is damaged."""
    if catalogues.MANIFEST in damaged:
        return None
    try:
        return catalogues.read_accounts(generation)
    except KgError:
        return None


def _articles(generation: Path, damaged: set[str]) -> tuple[ArticleAccount, ...] | None:
    """Return the articles of a graph; None if their list is damaged."""
    if article_account.MANIFEST in damaged:
        return None
    try:
        return article_account.read_article_accounts(generation)
    except KgError:
        return None


def _lost_sources(folder: Path) -> BuildError:
    converted = conversion_cache.converted_accounts(folder)
    paths = sorted({account.path for account in converted})
    known = f"; converted sources are at hand of: {shlex.join(paths)}" if paths else ""
    return BuildError(
        f"the list of the graph's sources in {folder} is damaged: give all sources again with"
        f" --only, or --only alone for none{known}"
    )
