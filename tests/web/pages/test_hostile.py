"""Texts of a source that try to run something are shown as texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import BuildWith
from tests.web.pages.conftest import Visit
from tests.web.server import serve

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
THINGS = f"""
@prefix std: <https://w3id.org/stdkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/stdkg/evil> a std:Standard ;
    skos:prefLabel "{SCRIPT}"@en , "{SCRIPT}"@zh ;
    dcterms:identifier "EVIL 1" ;
    dcterms:title "javascript:alert(3)" ;
    dcterms:description "{{{{ 7 * 7 }}}} \u202e'\\"" ;
    std:publisher <https://w3id.org/stdkg/iso> .
"""


@pytest.mark.slow
def test_nothing_runs(build_with: BuildWith, visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "evil.ttl"
    file.write_text(THINGS, encoding="utf-8")
    with serve("--store", build_with(file).folder, "--workers", "2") as server:
        for path in (
            "/show/evil",
            "/search?q=alert",
            "/graph?around=EVIL+1",
            "/relate?from=EVIL+1&to=ISO",
        ):
            page = visit(path, url=server.url)
            page.wait_for_load_state("networkidle")
            assert SCRIPT in page.content().replace("&lt;", "<").replace("&gt;", ">"), path
            assert page.locator("img, a[href^='javascript:']").count() == 0
            inline = page.locator("script:not([src])")
            kinds = {each.get_attribute("type") for each in inline.all()}
            assert kinds <= {"application/ld+json", "application/json"}
