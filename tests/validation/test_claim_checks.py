"""The contract of claims is proven to be checked: each check has good and bad examples.

``checks/fail/<check>[.<variant>].trig`` has that defect, and ``checks/pass`` holds examples that
come near and have none of those that close the contract. All are checked in one run, beside the
article; to keep them apart, ``example`` in an IRI becomes ``example/<kind>/<name>``.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.language import CATALOG, read_catalog
from kg.common import resources
from kg.pipeline.curated import fill_quads
from kg.sources import article
from kg.validation.checks import Defect, run_checks
from tests.mutation.mutants import CONTRACT, claims

HOME = Path(__file__).parent / "checks"
EXAMPLES = {
    f"{file.parent.name}/{file.name.removesuffix('.trig')}": file
    for file in sorted(HOME.rglob("*.trig"))
}
BAD = [name for name in EXAMPLES if name.startswith("fail/")]
GOOD = [name for name in EXAMPLES if name.startswith("pass/")]


def apart(term: object, name: str) -> object:
    """Return a term in the namespace of an example."""
    if isinstance(term, ox.NamedNode) and "example" in term.value:
        return ox.NamedNode(term.value.replace("example", f"example/{name}", 1))
    return term


@pytest.fixture(scope="module")
def defects() -> list[Defect]:
    quads = [
        ox.Quad(*(apart(part, name) for part in (*quad.triple, quad.graph_name)))  # type: ignore[arg-type]
        for name, file in EXAMPLES.items()
        for quad in article.parse_trig(file)
    ]
    whole = list(fill_quads([*claims().quads, *quads]).quads())
    return run_checks(whole, resources.ontology(), resources.queries())


def checks_about(defects: list[Defect], name: str) -> set[str]:
    """Return the checks of the contract that find a defect in an example."""
    start = f"example/{name}"
    return {
        defect.check
        for defect in defects
        for _, value in defect.values
        if f"{start}/" in value or value.endswith(start) or f"{start}-" in value
    } & set(CONTRACT)


def test_every_check_of_the_contract_has_good_and_bad_examples() -> None:
    for kind in ("fail", "pass"):
        named = {name.removeprefix(f"{kind}/").split(".")[0] for name in EXAMPLES if kind in name}
        assert named == set(CONTRACT), kind
    files = {file.stem for file in (resources.ontology() / "checks").glob("*.rq")}
    assert set(CONTRACT) < files


@pytest.mark.parametrize("name", BAD)
def test_a_bad_example_has_its_defect_and_no_other(defects: list[Defect], name: str) -> None:
    assert checks_about(defects, name) == {name.removeprefix("fail/").split(".")[0]}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_example_has_no_defect(defects: list[Defect], name: str) -> None:
    assert checks_about(defects, name) == set()


@pytest.mark.parametrize("check", CONTRACT)
def test_a_message_says_what_is_wrong_and_what_to_do(check: str) -> None:
    [first, *_] = (resources.ontology() / "checks" / f"{check}.rq").read_text("utf-8").split("\n")
    assert first.startswith("# ")
    assert ":" in first
    assert first.removeprefix("# ") in read_catalog(CATALOG)
