"""A real browser without network access, with tabs that record incidents."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

# Keep the browser itself from contacting its vendor at every start.
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
class Incidents:
    """Incidents on a page: requests, logged errors, dialogs; there must be none."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tab:
    """A page, with shortcuts to query it."""

    page: Page
    incidents: Incidents

    def js(self, script: str, argument: object = None) -> Any:
        """Evaluate JavaScript in the page."""
        return self.page.evaluate(script, argument)

    def wait(self, condition: str) -> None:
        """Wait until a condition holds; the page's policy forbids the polling of Playwright."""
        for _ in range(200):
            if self.js(condition):
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
        """The id or text of the focused element."""
        return str(self.js("document.activeElement.id || document.activeElement.textContent"))


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips where there is none."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on the PATH (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def open_tab(started: Browser, file: Path, width: int, height: int, scheme: Any) -> Iterator[Tab]:
    """A file in a new tab; on closing, asserts that nothing went wrong."""
    context = started.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
    )
    incidents = Incidents()

    def guard(route: Route) -> None:
        if route.request.url == file.as_uri():
            route.continue_()
        else:
            incidents.requests.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.on(
        "console",
        lambda message: (
            incidents.errors.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: incidents.errors.append(str(error)))

    def dismiss(dialog: Any) -> None:
        incidents.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    try:
        page.goto(file.as_uri())
        yield Tab(page, incidents)
        assert incidents == Incidents()
    finally:
        context.close()
