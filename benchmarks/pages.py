"""Measures the pages of ``kg serve``: time, weight, and what happens in a browser.

    python -m benchmarks.pages --store DIR [--requests N] [--chromium PROGRAM] [--no-browser]

Four tables are printed. *Time*: milliseconds from a request to the whole answer (percentiles), with
one client and with twenty, each page asked for N times (40) after some that aren't counted; pages
of things are of entities drawn at random. *Weight*: kB of a page with all that it loads, as it is
sent (compressed) and as it is read; the budget is 300 kB before the canvas of the graph, and 1,000
with it. *First sight*: milliseconds to the largest contentful paint in Chromium, with its processor
slowed down four times (median of five new profiles). *Canvas*: milliseconds from a tap on a
relation to its things on the canvas, and frames per second while a canvas of 2,000 things and the
picture of everything are moved; without a graphics card WebGL is drawn by the processor, which the
row names. The last three need Playwright.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from benchmarks.graph_statistics import sample_of_entities
from benchmarks.http_client import send
from benchmarks.search import CASES, read_cases
from benchmarks.serving import Address, kg_serve
from kg.common.namespaces import BASE
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES: Final = {
    "first page": "/",
    "search": "/search?q=quality",
    "committee": "/show/iso/tc/321",
    "standard": "/show/iso/9001",
    "country": "/show/place/cn",
    "body": "/show/iso",
    "relation of a body": "/show/iso?relation=in+std:publisher",
    "article": "/article",
    "questions": "/questions",
    "question": "/questions/ballot?committee=ISO/TC+321",
    "map": "/questions/member-ranks?view=map",
    "how related": "/relate?from=ISO/TC+321&to=ISO/TC+154",
    "compare": "/compare?a=China&b=Germany",
    "changes": "/changes",
    "my list": "/match",
    "graph around a thing": "/graph?around=ISO/TC+321",
    "everything": "/graph",
    "ontology": "/ontology",
    "SPARQL": "/query",
}
_HTML: Final = "text/html"
_CLIENTS: Final = 20
_WORKERS: Final = 8
_WITH_CANVAS: Final = frozenset(("graph around a thing", "everything"))
_BUDGET: Final = {False: 300, True: 1000}
_FLAGS: Final = ("--no-sandbox", "--enable-unsafe-swiftshader", "--force-color-profile=srgb")
_SLOWER: Final = 4
_VISITS: Final = 5
_NODES: Final = 2000
_WEIGHT: Final = """
() => {
    const kinds = ['navigation', 'resource'];
    const loaded = kinds.flatMap((each) => performance.getEntriesByType(each));
    const sum = (size) => loaded.reduce((total, each) => total + each[size], 0);
    return `${sum('encodedBodySize')} ${sum('decodedBodySize')}`;
}
"""
_PAINT: Final = """
() => new Promise((done) => {
    let last = 0;
    const observer = new PerformanceObserver((list) => {
        for (const each of list.getEntries()) last = each.startTime;
    });
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => done(last), 300);
})
"""
_EXPAND: Final = """
async () => {
    const cy = window.stdkgCanvas;
    const times = [];
    for (const id of cy.nodes('[key]').map((each) => each.id()).slice(0, 12)) {
        const [before, start] = [cy.edges().length, performance.now()];
        cy.getElementById(id).emit('tap');
        while (cy.edges().length === before && performance.now() - start < 5000) {
            await new Promise((done) => setTimeout(done, 1));
        }
        await new Promise((done) => requestAnimationFrame(done));
        times.push(performance.now() - start);
    }
    return times.join(' ');
}
"""
_FILL: Final = """
(count) => {
    const cy = window.stdkgCanvas;
    const start = cy.nodes()[0].id();
    const missing = count - cy.nodes().length;
    const wide = Math.ceil(Math.sqrt(missing));
    cy.add(Array.from({ length: missing }, (_, at) => ({
        data: { id: `n${at}`, iri: `n${at}`, label: `Standard ${at}`, group: 'standard' },
        position: { x: (at % wide) * 60, y: Math.floor(at / wide) * 60 },
    })));
    cy.add(Array.from({ length: missing }, (_, at) => ({
        data: { id: `e${at}`, source: at ? `n${Math.floor(at / 3)}` : start, target: `n${at}` },
    })));
    cy.fit();
    return cy.nodes().length;
}
"""
_FRAMES: Final = """
(move) => new Promise((done) => {
    const step = {
        cytoscape: (at) => window.stdkgCanvas.panBy({ x: at % 2 ? 6 : -6, y: 3 }),
        sigma: (at) => {
            const camera = window.stdkgEverything.getCamera();
            camera.setState({ x: 0.5 + 0.1 * Math.sin(at / 9), ratio: 0.6 });
        },
    }[move];
    let frames = 0;
    const start = performance.now();
    const next = () => {
        step(frames);
        frames += 1;
        const passed = performance.now() - start;
        if (passed < 3000) requestAnimationFrame(next);
        else done((1000 * frames) / passed);
    };
    requestAnimationFrame(next);
})
"""


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    store = EmbeddedStore.open(open_generation(options.store) / STORE)
    entities = [iri for iri in sample_of_entities(store, 2000) if iri.startswith(BASE)]
    with kg_serve("--store", options.store) as address:
        _print_times(address, entities, options.requests)
        if options.chromium and not options.no_browser:
            from playwright.sync_api import sync_playwright

            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=options.chromium, args=list(_FLAGS)
                )
                _print_weights(browser, address)
                _print_paints(browser, address)
                _print_canvas(browser, address)
                browser.close()


def _print_times(address: Address, entities: list[str], count: int) -> None:
    heads = " | ".join(f"p{each}, {clients}" for clients in (1, _CLIENTS) for each in (50, 95, 99))
    print(f"| page (ms) | {heads} | failed |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    things = (f"/show/{quote(iri.removeprefix(BASE))}" for iri in entities)
    typed = [
        f"/suggest?q={quote(text[:end])}"
        for text, _ in read_cases(CASES)
        for end in range(2, len(text) + 1)
    ]
    kinds: dict[str, Iterator[str]] = {
        "search as one types": iter(typed * (1 + 4 * count // len(typed))),
        "any thing": things,
        **{name: iter([target] * (4 * count + _WORKERS)) for name, target in PAGES.items()},
    }
    for name, targets in kinds.items():
        # Each worker reads its indexes at its first request.
        send(address, [next(targets) for _ in range(_WORKERS)], _WORKERS, accept=_HTML)
        results = [
            send(address, [next(targets) for _ in range(count * more)], clients, accept=_HTML)
            for clients, more in ((1, 1), (_CLIENTS, 2))
        ]
        times = " | ".join(
            f"{each.percentile(percent):.0f}" if len(each.seconds) > 1 else "-"
            for each in results
            for percent in (50, 95, 99)
        )
        failed = sum(each.failed for each in results)
        print(f"| {name} | {times} | {failed} |", flush=True)


def _print_weights(browser: Browser, address: Address) -> None:
    print("\n| page (kB) | sent | read | budget (sent) |\n|---|---:|---:|---|")
    for name, target in PAGES.items():
        page = _open(browser, address + target)
        sent, read = (int(part) / 1000 for part in str(page.evaluate(_WEIGHT)).split())
        budget = _BUDGET[name in _WITH_CANVAS]
        kept = "kept" if sent <= budget else "MISSED"
        print(f"| {name} | {sent:.0f} | {read:.0f} | {budget}, {kept} |", flush=True)
        page.context.close()


def _print_paints(browser: Browser, address: Address) -> None:
    print(f"\n| first sight, processor {_SLOWER} times slower | ms |\n|---|---:|")
    for name, target in PAGES.items():
        times = []
        for _ in range(_VISITS):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            page.goto(address + target)
            times.append(float(page.evaluate(_PAINT)))
            context.close()
        print(f"| {name} | {statistics.median(times):.0f} |", flush=True)


def _print_canvas(browser: Browser, address: Address) -> None:
    page = _open(browser, address + "/graph?around=ISO/TC+321")
    page.locator("#canvas[data-ready]").wait_for()
    times = [float(each) for each in str(page.evaluate(_EXPAND)).split()]
    print("\n| canvas | |\n|---|---:|")
    print(f"| expand, ms: median of {len(times)} | {statistics.median(times):.0f} |")
    print(f"| expand, ms: slowest | {max(times):.0f} |")
    nodes = page.evaluate(_FILL, _NODES)
    frames = page.evaluate(_FRAMES, "cytoscape")
    print(f"| frames per second, {nodes:,} things | {frames:.0f} |", flush=True)
    page.context.close()
    page = _open(browser, address + "/graph")
    page.locator("#everything[data-ready=true]").wait_for(timeout=60_000)
    order = page.evaluate("window.stdkgEverything.getGraph().order")
    frames = page.evaluate(_FRAMES, "sigma")
    drawn_by = page.evaluate(
        "(() => { const gl = document.createElement('canvas').getContext('webgl2');"
        " return gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info')"
        "?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER); })()"
    )
    print(f"| frames per second, everything ({order:,} things; {drawn_by}) | {frames:.0f} |")
    page.context.close()


def _open(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


if __name__ == "__main__":
    main()
