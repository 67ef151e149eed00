"""The areas of the bodies behind the codes of Chinese standards."""

from __future__ import annotations

import pytest

from kg.common.namespaces import BASE, iri
from kg.identifiers import iris, parse
from kg.sources.lists.chinese import scope_of
from kg.sources.lists.chinese_bodies import area_quads

_AREA = iri("std:jurisdiction")


def areas(*bodies: str) -> dict[str, str]:
    quads = area_quads(bodies, ())
    return {
        str(quad.subject).strip("<>"): str(quad.object).strip("<>")
        for quad in quads
        if quad.predicate.value == _AREA
    }


@pytest.mark.parametrize(
    ("number", "area"),
    [
        ("DB33/T 1-2009", "place/cn/zj"),
        ("DB3301/T 1-2009", "place/cn/zj"),
        ("DBJ33/T 1001-2020", "place/cn/zj"),
        ("DGJ32/T 16-2014", "place/cn/js"),
        ("DBJ/T 15-38-2019", "place/cn"),
        ("DGJ 08-107-2015", "place/cn"),
        ("YY/T 0316-2016", "place/cn"),
        ("JJF(浙) 1130-2017", "place/cn"),
        ("T/ZZB 0001-2016", "place/cn"),
        ("Q/370200 ABC 001-2019", "place/cn"),
    ],
)
def test_a_code_tells_the_area_of_its_body(number: str, area: str) -> None:
    designation = parse(number)
    assert designation is not None
    body = iris.chinese_body(designation.publishers[0])
    assert areas(body) == {body: BASE + area}
    assert (scope_of(designation) == "scope:local") == number.startswith("D")


def test_other_publishers_in_china_are_no_codes() -> None:
    others = ("cn/zj/amr", "cn/cjlu", "organization/x", "de/din")
    assert areas(*(BASE + other for other in others)) == {}
    assert areas(iris.body("SAC"), BASE + "cn/zj/amr") == {BASE + "cn/sac": BASE + "place/cn"}
