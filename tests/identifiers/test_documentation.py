"""The documentation lists every body whose designations are parsed."""

from __future__ import annotations

import re

import pytest

from kg.identifiers import parse
from kg.identifiers.bodies import BODIES
from tests.support import ROOT

PAGE = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("### Families of designations")[2].partition("\n\n## ")[0]
USUAL = [
    text
    for line in TABLE.splitlines()
    if line[:1] == "|"
    for text in re.findall("`(.*?)`", line.split("|")[2])
]


@pytest.mark.parametrize("name", BODIES)
def test_every_body_has_an_example_in_the_documentation(name: str) -> None:
    assert set(BODIES[name].EXAMPLES) & set(USUAL), name


@pytest.mark.parametrize("text", USUAL)
def test_every_usual_form_of_the_documentation_is_printed_back(text: str) -> None:
    assert str(parse(text)) == text
