"""The history of a graph as a build keeps it: quads beside those of articles and catalogues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.pipeline.accounts import Account

HISTORY: Final = "history.jsonl"
"""The history of a graph, in the folder of its generation."""


@dataclass(frozen=True)
class KeptHistory:
    """What is kept of earlier states: the quads for the store, and the text of the file.

    ``digest`` names the content.
    """

    quads: tuple[ox.Quad, ...] = ()
    text: str = ""
    digest: str = ""

    def write(self, generation: Path) -> None:
        """Write the file into a generation, if there is anything to keep."""
        if self.text:
            (generation / HISTORY).write_text(self.text, encoding="utf-8")


Keeper = Callable[[Path, Sequence[Account]], KeptHistory]
"""Returns the history of a new graph, for its folder of stores and the accounts of its catalogues;
see :mod:`kg.changes.history`."""


def keep_nothing(folder: Path, accounts: Sequence[Account]) -> KeptHistory:
    """Return no history."""
    del folder, accounts
    return KeptHistory()
