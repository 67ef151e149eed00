"""Which comparisons with engines are made."""

from __future__ import annotations

from typing import Final

import pytest

_ONE_IN: Final = 4


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Compare a part with Virtuoso, unless all is asked for: CI has little time."""
    if config.getoption("--whole-virtuoso"):
        return
    there = [item for item in items if _engine(item) == "virtuoso"]
    left_out = [item for number, item in enumerate(there) if number % _ONE_IN]
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]


def _engine(item: pytest.Item) -> str:
    call = getattr(item, "callspec", None)
    return "" if call is None else str(call.params.get("engine", ""))
