"""Fixtures: pages in the browser that all tests of a process share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pictures.browser import Tab, open_tab

Show = Callable[..., Tab]


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Show]:
    """A function that opens an HTML text in the browser."""
    with ExitStack() as stack:

        def call(html: str, width: int = 1400, height: int = 900, scheme: str = "light") -> Tab:
            file = tmp_path / "page.html"
            file.write_text(html, encoding="utf-8")
            return stack.enter_context(open_tab(chromium, file, width, height, scheme))

        yield call
