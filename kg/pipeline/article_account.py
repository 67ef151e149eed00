"""The account of an article of one's own in a graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from kg.entities.joining import EntityJoin, JoinReason, JoinStatus
from kg.pipeline.accounts import read_manifest

MANIFEST: Final = "articles.jsonl"
"""The accounts of the articles of a graph, one on each line."""


@dataclass(frozen=True)
class ArticleAccount:
    """An article in a graph.

    ``slug`` is its name, ``path`` its folder, ``digest`` the SHA-256 of its files. ``claims``
    counts claims without those that are only ``proposed``. ``joins`` says of each entity whether
    it is the same as another. ``gone`` is true if the folder was gone and its copy was used.
    """

    slug: str
    path: str
    digest: str
    claims: int = 0
    proposed: int = 0
    joins: tuple[EntityJoin, ...] = ()
    gone: bool = False

    def to_json(self) -> str:
        """Return the account as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Parse a line written by :meth:`to_json`; ValueError for any other line."""
        try:
            fields: dict[str, Any] = json.loads(line)
            joins = tuple(
                EntityJoin(
                    **{**each, "status": JoinStatus(each["status"])}
                    | {"reason": JoinReason(each["reason"])}
                )
                for each in fields.pop("joins")
            )
            return cls(**fields, joins=joins)
        except (KeyError, TypeError) as error:
            raise ValueError(f"no account of an article: {error}") from error


def read_article_accounts(generation: Path) -> tuple[ArticleAccount, ...]:
    """Return the accounts of the articles in a generation; StoreError if they are damaged."""
    return read_manifest(generation, MANIFEST, ArticleAccount.from_json)


def articles_digest(accounts: Iterable[ArticleAccount]) -> str:
    """Return a digest of the content of articles; empty for none."""
    lines = sorted(f"{account.slug} {account.digest}" for account in accounts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""
