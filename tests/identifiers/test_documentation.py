"""The documentation lists every body whose designations are parsed."""

from __future__ import annotations

import re

import pytest

from kg.identifiers import parse
from kg.identifiers.bodies import BODIES
from tests.support import ROOT

PAGE = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("### Bodies")[2].partition("\n## ")[0]
LISTED = [
    text for line in TABLE.splitlines() if line[:1] == "|" for text in re.findall("`(.*?)`", line)
]


@pytest.mark.parametrize("name", BODIES)
def test_every_body_has_an_example_in_the_documentation(name: str) -> None:
    assert set(BODIES[name].EXAMPLES) & set(LISTED), name


@pytest.mark.parametrize("text", LISTED)
def test_every_example_of_the_documentation_is_parsed(text: str) -> None:
    assert parse(text) is not None
