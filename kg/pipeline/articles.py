"""The articles of one's own in a graph: which they are, where their folders lie, what joins.

A generation keeps a copy of their TriG files, so that a folder that is gone is not lost from the
graph without a word. Texts are never copied: they may belong to others.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.common import resources
from kg.common.errors import BuildError, SourceError
from kg.pipeline.article_account import MANIFEST, ArticleAccount, read_article_accounts
from kg.pipeline.catalogues import CatalogueSelection
from kg.sources import article
from kg.sources.article import Article
from kg.sources.source import Source, reserved_slugs
from kg.store.generations import current_generation, had_graph

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*", re.IGNORECASE)
KEPT: Final = "articles"
"""The folder with copies of their files in a generation."""


@dataclass(frozen=True)
class PlannedArticle:
    """An article to build, with the account that is known so far."""

    article: Article
    account: ArticleAccount


def plan_articles(
    previous: Sequence[ArticleAccount], whole: Path | None, selection: CatalogueSelection
) -> tuple[PlannedArticle, ...]:
    """Return the articles of a new graph, sorted by name.

    ``previous`` are those of the current graph, and ``whole`` its folder if it is whole. Raises
    SourceError for a folder that can't be read, and BuildError for two articles of the same name or
    with the same claim, and for an article that is gone and of which there is no copy.
    """
    planned: dict[str, PlannedArticle] = {}
    for folder in selection.articles:
        each = _plan(folder)
        slug = each.account.slug
        if slug in planned:
            raise BuildError(
                f"{planned[slug].account.path} and {folder} are both the article {slug!r}: leave"
                " one of them out"
            )
        planned[slug] = each
    for account in () if selection.only else previous:
        if account.slug not in planned and account.slug not in selection.drop:
            planned[account.slug] = _plan_again(account, whole)
    _check_claims([each.article for each in planned.values()])
    return tuple(planned[slug] for slug in sorted(planned))


def _plan(folder: Path) -> PlannedArticle:
    read = article.read_article(folder)
    if read.slug in reserved_slugs():
        raise SourceError(
            f"{folder}: {read.slug!r} is the name of an article of the program, or reserved: name"
            " its source otherwise"
        )
    if not _NAME.fullmatch(read.slug):
        raise SourceError(
            f"{folder}: {read.slug!r} is no name of an article: name its source <source/NAME>, with"
            " ASCII letters, digits, dots and hyphens"
        )
    return PlannedArticle(read, _account(read, folder))


def _account(read: Article, folder: Path) -> ArticleAccount:
    claims = article.claims_of(read.quads)
    return ArticleAccount(
        slug=read.slug,
        path=str(folder.resolve()),
        digest=_digest(read),
        claims=len(claims - read.proposed),
        proposed=len(read.proposed),
    )


def _plan_again(account: ArticleAccount, whole: Path | None) -> PlannedArticle:
    folder = Path(account.path)
    if folder.exists():
        return _plan(folder)
    copy = whole / KEPT / account.slug if whole else None
    if copy is None or not copy.exists():
        raise BuildError(
            f"{folder} is gone, and its copy too: give the article {account.slug} again with"
            f" --article, or leave it out with --drop {account.slug}"
        )
    read = article.read_article(copy)
    return PlannedArticle(read, replace(_account(read, folder), path=account.path, gone=True))


def _check_claims(articles: Iterable[Article]) -> None:
    owner: dict[str, Path] = {}
    for each in (*article.read_articles(resources.articles()), *articles):
        for claim in sorted(article.claims_of(each.quads)):
            other = owner.setdefault(claim, each.folder)
            if other != each.folder:
                raise BuildError(
                    f"{each.folder}: the claim <{claim}> is also in {other}: rename one of them"
                )


def check_names(planned: Iterable[PlannedArticle], sources: Iterable[Source]) -> None:
    """Raise BuildError if an article and a catalogue have the same name."""
    catalogues = {source.slug: source.path for source in sources}
    for each in planned:
        slug = each.account.slug
        if slug in catalogues:
            raise BuildError(
                f"{each.account.path} and {catalogues[slug]} would both be called {slug!r}: give"
                " the second by itself, with a --name of its own"
            )


def with_stored_joins(
    accounts: Iterable[ArticleAccount], generation: Path
) -> tuple[ArticleAccount, ...]:
    """Return accounts with the joins of the same articles in a generation."""
    stored = {account.slug: account.joins for account in read_article_accounts(generation)}
    return tuple(replace(account, joins=stored[account.slug]) for account in accounts)


def _digest(read: Article) -> str:
    digest = hashlib.sha256()
    for file in read.files:
        digest.update(f"{file.relative_to(read.folder).as_posix()} ".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def write_article_accounts(
    generation: Path, planned: Iterable[PlannedArticle], accounts: Sequence[ArticleAccount]
) -> None:
    """Write the accounts of the articles into a generation, and copies of their files."""
    if not accounts:
        return
    lines = "".join(account.to_json() + "\n" for account in accounts)
    (generation / MANIFEST).write_text(lines, encoding="utf-8")
    for each in planned:
        for file in each.article.files:
            copy = generation / KEPT / each.account.slug / file.relative_to(each.article.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def known_articles(store: Path, folders: Iterable[Path] = ()) -> list[Article]:
    """Return the program's articles, those of the graph in a folder of stores, and further ones.

    A folder given here stands for the graph's article of the same name.
    """
    own = {read.slug: read for read in map(article.read_article, folders)}
    if had_graph(store):
        generation = current_generation(store)
        for account in read_article_accounts(generation):
            folder = Path(account.path)
            if account.slug not in own:
                copy = generation / KEPT / account.slug
                own[account.slug] = article.read_article(folder if folder.exists() else copy)
    return [*article.read_articles(resources.articles()), *own.values()]
