"""The pages in a real browser, which may ask nobody but their server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from kg.pipeline.build import Summary
from tests.web.server import Server, serve

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def explorer(joined: Summary) -> Iterator[Server]:
    """The article with the small catalogues, served."""
    with serve("--store", joined.folder, "--workers", "3") as running:
        yield running


@pytest.fixture
def visit(chromium: Browser, explorer: Server) -> Iterator[Visit]:
    """A function that opens a page; nothing may go wrong on any of them.

    The server may be another one; ``errors`` are the statuses of pages that are to be errors.
    """
    with ExitStack() as stack:
        wrong: list[str] = []

        def call(
            path: str,
            lang: str = "en",
            width: int = 1280,
            scheme: Any = "light",
            scripts: bool = True,
            errors: bool = False,
            url: str = explorer.url,
            **options: Any,
        ) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": 844},
                color_scheme=scheme,
                locale={"en": "en-US", "zh": "zh-CN"}[lang],
                java_script_enabled=scripts,
                **options,
            )
            stack.callback(context.close)
            page = context.new_page()
            own = urlsplit(url).netloc

            def check_request(request: Any) -> None:
                if urlsplit(request.url).netloc != own:
                    wrong.append(f"asked {request.url}")

            def check_message(message: Any) -> None:
                # Chromium's own words about how fast its WebGL is.
                if "GL Driver Message" in message.text:
                    return
                if message.type in ("error", "warning") and not errors:
                    wrong.append(message.text)

            def dismiss(dialog: Any) -> None:
                wrong.append(dialog.message)
                dialog.dismiss()

            page.on("request", check_request)
            page.on("console", check_message)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("dialog", dismiss)
            page.goto(url + path)
            return page

        yield call
        assert wrong == []
