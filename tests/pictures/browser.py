"""A real browser without a network, and a page in it that notes whatever goes wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

# Without these the browser itself looks for its maker's servers at every start.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Seen:
    """What a page did that none may do."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """A page, and short ways to ask it."""

    page: Page
    seen: Seen

    def ask(self, script: str, argument: object = None) -> Any:
        return self.page.evaluate(script, argument)

    def wait(self, condition: str) -> None:
        """Wait until a condition holds; the page's own policy refuses the driver's polling."""
        for _ in range(200):
            if self.ask(condition):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"not within 10 s: {condition}")

    def count(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        """The identifier of the element that has the focus, or its text."""
        return str(self.ask("document.activeElement.id || document.activeElement.textContent"))


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips where there is none, but fails in CI, which installs it."""
    path = shutil.which("chromium")
    if path is None:
        reason = "no chromium on the PATH (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def opened(started: Browser, file: Path, width: int, height: int, scheme: Any) -> Iterator[Opened]:
    """A file in a tab of its own; when it closes, nothing may have gone wrong in it."""
    context = started.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
    )
    seen = Seen()

    def guard(route: Route) -> None:
        if route.request.url == file.as_uri():
            route.continue_()
        else:
            seen.requests.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.on(
        "console",
        lambda said: seen.errors.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: seen.errors.append(str(error)))

    def dismiss(dialog: Any) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    try:
        page.goto(file.as_uri())
        yield Opened(page, seen)
        assert seen == Seen()
    finally:
        context.close()
