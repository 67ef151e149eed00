"""Fixtures: the browser, once for all tests of pictures, and pages in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pictures.browser import Opened, browser, opened

Show = Callable[..., Opened]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open the text of a page in the browser."""
    with ExitStack() as stack:

        def call(html: str, width: int = 1400, height: int = 900, scheme: str = "light") -> Opened:
            file = tmp_path / "page.html"
            file.write_text(html, encoding="utf-8")
            return stack.enter_context(opened(chromium, file, width, height, scheme))

        yield call
