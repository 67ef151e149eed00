"""The documentation site: built strictly, complete without a network, in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

import kg
from tests.support import ROOT

pytestmark = pytest.mark.slow

REQUESTS: Final = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "form": "action",
}
"""Attributes that make a browser fetch something."""

_OUTSIDE: Final = re.compile(r"(https?:)?//")
_STYLE: Final = re.compile(r"(?:@import\s+|url\()\s*['\"]?((?:https?:)?//[^'\")\s]+)")


def build(source: Path, output: Path) -> subprocess.CompletedProcess[str]:
    options = ["-q", "-W", "--keep-going", "-d", str(output.with_suffix(".doctrees"))]
    settings = ROOT / "docs" / "site"
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *options, "-c", str(settings), str(source), str(output)],
        cwd=source,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site; a warning is a failure."""
    output = tmp_path_factory.mktemp("docs") / "site"
    process = build(ROOT, output)
    assert process.returncode == 0, process.stderr
    return output


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, LexborHTMLParser]:
    files = sorted(site.rglob("*.html"))
    return {file: LexborHTMLParser(file.read_text(encoding="utf-8")) for file in files}


def outside_requests(page: LexborHTMLParser) -> Iterator[str]:
    """Yield what a page would fetch from elsewhere."""
    for tag, attribute in REQUESTS.items():
        for element in page.css(tag):
            if _OUTSIDE.match(value := element.attributes.get(attribute) or ""):
                yield value
    for style in page.css("style"):
        yield from _STYLE.findall(style.text())


def dead_links(file: Path, pages: dict[Path, LexborHTMLParser]) -> Iterator[str]:
    """Yield the links of a page that lead to no file, or to no place in it."""
    for element in pages[file].css("a[href]"):
        href = element.attributes["href"] or ""
        url = urlsplit(href)
        if url.scheme or url.netloc:
            continue
        target = (file.parent / unquote(url.path)).resolve() if url.path else file
        anchor = f'[id="{unquote(url.fragment)}"]' if url.fragment else "*"
        if not target.is_file() or (target in pages and not pages[target].css_first(anchor)):
            yield href


def test_every_page_of_the_repository_is_on_the_site(site: Path) -> None:
    files = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "CHANGELOG.md"]
    assert len(files) > 25
    for file in files:
        assert site.joinpath(file.relative_to(ROOT)).with_suffix(".html").is_file(), file


def test_the_navigation_reaches_every_page(pages: dict[Path, LexborHTMLParser], site: Path) -> None:
    links = pages[site / "README.html"].css(".sidebar-tree a[href]")
    reached = {
        (site / (link.attributes["href"] or "").partition("#")[0]).resolve() for link in links
    }
    extra = {site / name for name in ("README.html", "index.html", "search.html", "genindex.html")}
    assert set(pages) - reached - extra == set()


def test_no_page_requests_external_resources(pages: dict[Path, LexborHTMLParser]) -> None:
    assert len(pages) > 30
    for file, page in pages.items():
        assert list(outside_requests(page)) == [], file


def test_no_style_requests_external_resources(site: Path) -> None:
    styles = list(site.rglob("*.css"))
    assert len(styles) >= 3
    for file in styles:
        assert _STYLE.findall(file.read_text(encoding="utf-8")) == [], file


def test_links_inside_the_site_have_targets(pages: dict[Path, LexborHTMLParser]) -> None:
    assert sum(len(page.css("a[href]")) for page in pages.values()) > 1000
    for file in pages:
        assert list(dead_links(file, pages)) == [], file


def test_external_requests_and_dead_links_are_recognized(tmp_path: Path) -> None:
    file = (tmp_path / "page.html").resolve()
    page = LexborHTMLParser(
        '<p id="here"><a href="#here">a</a><a href="#gone">b</a><a href="other.html">c</a>'
        '<a href="https://example.org/">d</a><img src="//example.org/e.png"><img src="f.png">'
        "<style>@import 'https://example.org/g.css'; p { background: url(h.png) }</style>"
    )
    file.touch()
    assert list(outside_requests(page)) == ["//example.org/e.png", "https://example.org/g.css"]
    assert list(dead_links(file, {file: page})) == ["#gone", "other.html"]


def test_the_api_page_has_every_public_name(
    pages: dict[Path, LexborHTMLParser], site: Path
) -> None:
    page = pages[site / "docs" / "reference.html"]
    identifiers = {element.attributes["id"] for element in page.css("dt[id]")}
    names = [name for name in kg.__all__ if isinstance(getattr(kg, name), type)]
    members = [name for name in vars(kg.KnowledgeGraph) if not name.startswith("_")]
    assert len(members) > 20
    expected = {f"kg.{name}" for name in names} | {f"kg.KnowledgeGraph.{name}" for name in members}
    assert expected - identifiers == set()


def test_every_member_on_the_api_page_has_a_docstring(
    pages: dict[Path, LexborHTMLParser], site: Path
) -> None:
    page = pages[site / "docs" / "reference.html"]
    for element in page.css('dt[id^="kg.KnowledgeGraph."]'):
        body = element.next
        while body is not None and body.tag != "dd":
            body = body.next
        assert body is not None
        assert body.text(strip=True), element.attributes["id"]


def test_chinese_pages_declare_their_language(
    pages: dict[Path, LexborHTMLParser], site: Path
) -> None:
    for file, page in pages.items():
        root = page.css_first("html")
        assert root is not None
        assert root.attributes["lang"] == ("zh-CN" if ".zh-CN" in file.name else "en"), file


def test_a_dead_link_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# stdkg\n\n[gone](docs/gone.md)\n", encoding="utf-8")
    process = build(tmp_path, tmp_path.with_name("output"))
    assert process.returncode == 1
    assert "cross-reference target not found: 'docs/gone.md'" in process.stderr


@pytest.fixture(scope="module")
def search(site: Path, chromium: Browser) -> Iterator[Page]:
    """The search page, opened from its file; no request may leave the machine."""
    page = chromium.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "search.html").as_uri())
    yield page
    page.close()
    assert errors == []
    assert requests
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("命名图", "docs/data-model.zh-CN.html"),
        ("断言", "docs/glossary.html"),
        ("秘书处", "docs/evidence.zh-CN.html"),
        ("secretariats", "docs/data-model.html"),
        ("KnowledgeGraph.relate", "docs/reference.html"),
        ("validating catalogues", "docs/validation.html"),
    ],
)
def test_search_works_from_a_file_in_both_languages(
    search: Page, site: Path, text: str, found: str
) -> None:
    search.goto((site / "search.html").as_uri() + f"?q={text}")
    # Results arrive one after the other: the page is awaited, not whatever stands there first.
    search.locator(f'#search-results li a[href*="{found}"]').first.wait_for(timeout=20_000)
