"""Every page passes axe-core; among them are both languages and themes, wide and on a phone."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.web.pages.conftest import Visit

PAGES = (
    *("/", "/design", "/search?q=ISO&kind=standard", "/article/cqn-2019-04-13"),
    *("/show/place/cn/zj/hangzhou", "/show/iso/9001", "/show/iso?relation=in+std:publisher"),
    *("/show?name=ISO/TC+3210", "/questions/ballot?view=graph"),
    *("/relate?from=ISO/TC+321&to=France", "/compare?a=ISO/TC+321&b=ISO/TC+154", "/match"),
    *("/graph?around=ISO/TC+321", "/graph"),
    "/query?view=graph&query=SELECT+?x+?y+{+?x+std:secretariatOf+?y+}",
)
LOOKS = (("en", 1280, "light"), ("zh", 390, "dark"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_passes_axe_and_fits(path: str, visit: Visit) -> None:
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    # All parts of pages are on that of the design; of others each is read in one look.
    looks = LOOKS if path == "/design" else LOOKS[PAGES.index(path) % len(LOOKS) :][:1]
    for lang, width, scheme in looks:
        # The policy of the pages would keep the script of the test out.
        page = visit(path, lang, width, scheme, errors=True, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => (d.open = i < 2))")
        page.evaluate(script)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        found = [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]]
        assert found == [], (lang, width, scheme)
        assert len(result["passes"]) > 15
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0, (lang, width, scheme)
        assert page.locator("h1").count() == 1
