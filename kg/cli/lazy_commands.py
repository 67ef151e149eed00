"""Commands that are imported when they are looked up, so that ``kg --help`` stays fast."""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any


class LazyCommands(UserDict[str, Any]):
    """Maps the name ``x`` of a command to the command ``x`` of a module, imported on access.

    Click's documentation has a group for this ("Lazily Loading Subcommands"), but it leaves
    ``commands`` empty, from which click suggests names and the tests take their cases.
    """

    def __getitem__(self, name: str) -> Any:
        return getattr(import_module(self.data[name]), name)
