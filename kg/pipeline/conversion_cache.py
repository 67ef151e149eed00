"""The folder of converted sources beside the graphs: what it holds, and what is removed from it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from kg.common.errors import StoreError
from kg.pipeline import conversion
from kg.pipeline.accounts import Account
from kg.pipeline.catalogues import CACHE, read_accounts
from kg.pipeline.conversion import REJECTS
from kg.sources.archives.folder_digest import DIGESTS
from kg.store.generations import finished_generations

_CONVERTED: Final = re.compile(
    r".+-[0-9a-f]{16}\.(?:nt\.zst|rejects\.jsonl|json)(?:\.part(?:\.distinct|\.split)?)?"
)


def converted_accounts(folder: Path) -> list[Account]:
    """Return the accounts of all converted sources in the cache, as far as they are readable."""
    found = []
    for file in sorted((folder / CACHE).glob("*.json")):
        account = conversion.read_account(file) if _CONVERTED.fullmatch(file.name) else None
        if account is not None:
            found.append(account)
    return found


def forget_digests(folder: Path) -> None:
    """Let the next build read all files of all folders."""
    for file in (folder / CACHE).glob(f"*{DIGESTS}"):
        file.unlink()


def clear_cache(folder: Path) -> None:
    """Remove converted files from the cache, except those of the graphs that the folder keeps.

    Removes the rejects of a failed build too. Whatever else lies in the folder is left alone.
    """
    (folder / REJECTS).unlink(missing_ok=True)
    accounts: list[Account] = []
    for generation in finished_generations(folder):
        # The conversions of a damaged graph are of no use.
        with suppress(StoreError):
            accounts += read_accounts(generation)
    cache = folder / CACHE
    kept = tuple({f"{account.stem}." for account in accounts})
    digests = {f"{account.slug}{DIGESTS}" for account in accounts}
    for file in cache.iterdir() if cache.exists() else ():
        is_old_conversion = _CONVERTED.fullmatch(file.name) and not file.name.startswith(kept)
        if is_old_conversion or (file.name.endswith(DIGESTS) and file.name not in digests):
            file.unlink()


def remove_conversion(cache: Path, stem: str) -> None:
    """Remove a conversion from a folder, but none that is being made."""
    for suffix in ("json", "rejects.jsonl", "nt.zst"):
        (cache / f"{stem}.{suffix}").unlink(missing_ok=True)
