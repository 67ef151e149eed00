"""The history of a graph: which states its catalogues had, and what changed between them.

It begins with the first state that is kept. Each build that reads a later state of a catalogue adds
the events between the two (:mod:`kg.changes.compare`), and who held which secretariat and which
membership in it. Nothing is said of the time between two states but that it lies between them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from kg.changes.compare import compare_states
from kg.changes.history_quads import history_quads
from kg.changes.holdings import Holding, continue_holdings, read_holders
from kg.changes.model import Event, KeptState
from kg.common.errors import BuildError, StoreError
from kg.common.json_lines import json_lines
from kg.pipeline.accounts import Account
from kg.pipeline.catalogues import read_accounts
from kg.pipeline.kept_history import HISTORY, Keeper, KeptHistory, keep_nothing
from kg.pipeline.states import state_of_account
from kg.store.generations import finished_generations, mending

_TUPLES: Final = ("old", "new", "related", "subjects")


@dataclass(frozen=True)
class History:
    """The kept states in their order, the events between them, and who held what in them."""

    states: tuple[KeptState, ...] = ()
    events: tuple[Event, ...] = ()
    holdings: tuple[Holding, ...] = field(default=())

    def last(self, slug: str) -> KeptState | None:
        """Return the last kept state of a catalogue."""
        return next((state for state in reversed(self.states) if state.slug == slug), None)

    def lines(self) -> Iterator[str]:
        """Yield the history as lines of JSON."""
        for name in ("states", "events", "holdings"):
            for each in getattr(self, name):
                yield json.dumps({name: asdict(each)}, ensure_ascii=False, sort_keys=True) + "\n"

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read a text of JSON Lines; ValueError, KeyError or TypeError for another."""
        found: dict[str, list[Any]] = {"states": [], "events": [], "holdings": []}
        for _, line in json_lines(text):
            [(name, fields)] = json.loads(line).items()
            if name == "events":
                fields |= {key: tuple(fields[key]) for key in _TUPLES}
            kind = {"states": KeptState, "events": Event, "holdings": Holding}[name]
            found[name].append(kind(**fields))
        return cls(*(tuple(found[name]) for name in ("states", "events", "holdings")))


def history_keeper(*, keep: bool | None) -> Keeper:
    """Return what keeps the history of a build.

    ``keep`` begins a history, False forgets it, and None goes on with the one that the graph has.
    """
    if keep is False:
        return keep_nothing

    def kept(folder: Path, accounts: Sequence[Account]) -> KeptHistory:
        generation = next(iter(finished_generations(folder)), None)
        history = read_history(generation) if generation else None
        if history is None and not keep:
            return KeptHistory()
        former = _former_accounts(generation)
        text = "".join(_continued(folder, history or History(), former, accounts).lines())
        history = History.of_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return KeptHistory(
            tuple(history_quads(history.states, history.events, history.holdings)), text, digest
        )

    return kept


def read_history(generation: Path) -> History | None:
    """Return the history in a generation, None without; StoreError if it is damaged."""
    file = generation / HISTORY
    if not file.exists():
        return None
    try:
        return History.of_text(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{file} is damaged: {mending(generation.parent.parent)}") from error


def _former_accounts(generation: Path | None) -> dict[str, Account]:
    if generation is None:
        return {}
    # A damaged graph has no states to compare, and the build says so.
    with suppress(StoreError):
        return {account.slug: account for account in read_accounts(generation)}
    return {}


def _continued(
    folder: Path, history: History, former: dict[str, Account], accounts: Sequence[Account]
) -> History:
    """Return a history with the states of accounts that it does not have yet."""
    for account in accounts:
        before = former.get(account.slug)
        if before is not None and history.last(account.slug) is None:
            history = _with_state(folder, history, before, None)
        last = history.last(account.slug)
        if last is None or last.stem != account.stem:
            history = _with_state(folder, history, account, before)
    return history


def _with_state(
    folder: Path, history: History, account: Account, before: Account | None
) -> History:
    slug, last = account.slug, history.last(account.slug)
    state = state_of_account(folder, account)
    events: tuple[Event, ...] = ()
    compared = ""
    if last is not None:
        if account.snapshot < last.day:
            raise BuildError(
                f"{account.path} is the state of {slug} of {account.snapshot}, and the history has"
                f" the one of {last.day} already: give states in their order, or --forget-history"
            )
        if before is not None and before.stem == last.stem:
            old = state_of_account(folder, before)
            events, compared = compare_states([old], [state]).events, last.day
    holdings = continue_holdings(
        history.holdings, slug, read_holders(state.file), state.snapshot, last.day if last else ""
    )
    kept = KeptState(slug, account.snapshot, account.stem, compared)
    return replace(
        history,
        states=(*history.states, kept),
        events=(*history.events, *events),
        holdings=tuple(holdings),
    )
