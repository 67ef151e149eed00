"""Writes docs/screenshots: the pages of ``kg serve`` side by side, in both languages.

Run as ``python docs/make_screenshots.py URL`` with the address of ``kg serve`` on a store of the
articles and of the small catalogues of ``tests/fixtures``. It needs Chromium and a Chinese font;
pictures of pages differ with fonts and browsers, so nothing compares them.
"""

from __future__ import annotations

import base64
import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

FOLDER: Final = Path(__file__).resolve().parent / "screenshots"
_LIAISONS: Final = "https://w3id.org/stdkg/iso/tc/321+out+std:liaison"
_FRAMES: Final = (
    ("/", 1280, "light", ""),
    ("/show/iso/tc/321", 1280, "light", ""),
    ("/show/iso/9001", 390, "light", ""),
    (f"/graph?around=ISO/TC+321&open={_LIAISONS}", 1280, "dark", "[data-ready]"),
    ("/questions/committee-history?committee=ISO/TC+321&view=timeline", 390, "dark", ""),
)
"""Address, width and scheme of each frame, and what to wait for."""
_HEIGHT: Final = 844
_SHOWN: Final = 400
"""Height of a frame in the strip, in px."""
_STYLE: Final = """
body { margin: 0; display: inline-flex; gap: 14px; padding: 14px; background: #dfe4ea }
img { height: %dpx; border-radius: 8px }
"""


def main(address: str) -> None:
    """Write a strip for each language."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for lang in ("en", "zh"):
            frames = [_frame(browser, address, lang, *frame) for frame in _FRAMES]
            page = browser.new_page(viewport={"width": 3000, "height": 1000})
            images = "".join(
                f'<img src="data:image/png;base64,{base64.b64encode(frame).decode()}">'
                for frame in frames
            )
            page.set_content(f"<style>{_STYLE % _SHOWN}</style><body>{images}")
            name = "pages.jpg" if lang == "en" else f"pages.{lang}.jpg"
            page.locator("body").screenshot(path=FOLDER / name, type="jpeg", quality=82)
        browser.close()


def _frame(
    browser: Browser, address: str, lang: str, path: str, width: int, scheme: str, ready: str
) -> bytes:
    context = browser.new_context(
        viewport={"width": width, "height": _HEIGHT},
        color_scheme="dark" if scheme == "dark" else "light",
        locale={"en": "en-US", "zh": "zh-CN"}[lang],
    )
    page = context.new_page()
    page.goto(address.rstrip("/") + path)
    if ready:
        page.locator(ready).first.wait_for()
        page.locator("#canvas").scroll_into_view_if_needed()
    page.locator("[data-later]").wait_for(state="detached")
    shot = page.screenshot()
    context.close()
    return shot


if __name__ == "__main__":
    main(sys.argv[1])
