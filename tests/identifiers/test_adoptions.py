"""Which document a standard adopts, and on what basis."""

from __future__ import annotations

import pytest

from kg.identifiers import codes, parse
from kg.identifiers.adoptions import Adoption, adoption
from tests.identifiers.checks import parsed

STATED = [
    ("GB/T 19001-2016/ISO 9001:2015", "ISO 9001:2015", "IDT"),
    ("GB/T 22080—2016 / ISO/IEC 27001:2013", "ISO/IEC 27001:2013", "IDT"),
    ("GB/T 19001-2016 idt ISO 9001:2015", "ISO 9001:2015", "IDT"),
    ("GB/T 19001-2016, IDT ISO 9001:2015", "ISO 9001:2015", "IDT"),
    ("GB/T 19001—2016（ISO 9001:2015，IDT）", "ISO 9001:2015", "IDT"),
    ("GB/T 19001-2016 (idt ISO 9001:2015)", "ISO 9001:2015", "IDT"),
    ("GB/T 19001-2016 ISO 9001:2015, IDT", "ISO 9001:2015", "IDT"),
    ("GB/T 24353-2022 等同采用 ISO 31000:2018", "ISO 31000:2018", "IDT"),
    ("GB 4706.1-2005（修改采用IEC 60335-1:2001）", "IEC 60335-1:2001", "MOD"),
    ("GB/T 5226.1-2002 MOD IEC 60204-1:2000", "IEC 60204-1:2000", "MOD"),
    ("GB/T 20000.4-2003 neq ISO/IEC Guide 15", "ISO/IEC Guide 15", "NEQ"),
    ("GB/T 6583-1994 eqv ISO 8402:1994", "ISO 8402:1994", ""),
    ("GB/T 19001-2016 (ISO 9001:2015)", "ISO 9001:2015", ""),
    ("JIS Q 9001:2015 (ISO 9001:2015, IDT)", "ISO 9001:2015", "IDT"),
    ("BS EN ISO 9001:2015 (ISO 9001:2015)", "ISO 9001:2015", ""),
    ("CIE S 014-4/E:2007 (ISO 11664-4:2008)", "ISO 11664-4:2008", ""),
]
CONVENTIONS = [
    ("EN ISO 9001:2015", "ISO 9001"),
    ("EN ISO/IEC 17025:2017", "ISO/IEC 17025"),
    ("EN IEC 62368-1:2020+A11:2020", "IEC 62368-1"),
    ("CEN ISO/TS 19139:2009", "ISO/TS 19139"),
    ("EN 60601-1:2006", "IEC 60601-1"),
    ("HD 60364-4-41:2017", "IEC 60364-4-41"),
    ("EN 55032:2015", "CISPR 32"),
    ("BS EN ISO 9001:2015", "EN ISO 9001"),
    ("BS EN 60601-1:2006+A12:2014", "EN 60601-1"),
    ("BS ISO 10002:2018", "ISO 10002"),
    ("BS EN 300 328", "ETSI EN 300 328"),
    ("PD ISO/TR 14969:2004", "ISO/TR 14969"),
    ("PD CEN ISO/TR 14969:2004", "CEN ISO/TR 14969"),
    ("PD CEN/TS 16702-1:2014", "CEN/TS 16702-1"),
    ("DIN EN ISO 9001:2015-11", "EN ISO 9001"),
    ("DIN ISO 31000:2018-10", "ISO 31000"),
    ("NF EN ISO 9001:2015-10", "EN ISO 9001"),
    ("UNE-EN ISO 9001:2015", "EN ISO 9001"),
    ("AS/NZS IEC 60825.1:2014", "IEC 60825-1"),
    ("KS Q ISO 9001:2015", "ISO 9001"),
    ("KS B ISO/TS 12901-2:2017", "ISO/TS 12901-2"),
    ("JIS Q 9001:2015", "ISO 9001"),
    ("JIS Q 27001:2023", "ISO/IEC 27001"),
    ("JIS X 25010:2013", "ISO/IEC 25010"),
    ("JIS C 60079-11:2004", "IEC 60079-11"),
    ("GOST ISO 9001-2011", "ISO 9001"),
    ("ГОСТ Р ИСО/МЭК 27001-2021", "ISO/IEC 27001"),
    ("GOST EN 1177-2013", "EN 1177"),
    ("CAN/CSA-ISO 9001:16", "ISO 9001"),
    ("ANSI/ISO/IEC 9899-1999", "ISO/IEC 9899"),
]


@pytest.mark.parametrize(("text", "original", "degree"), STATED, ids=[t for t, _, _ in STATED])
def test_a_stated_original_keeps_its_year(text: str, original: str, degree: str) -> None:
    found = adoption(text)
    assert found is not None
    assert (str(found.original), found.degree, found.basis) == (original, degree, "stated")


@pytest.mark.parametrize(("text", "original"), CONVENTIONS, ids=[t for t, _ in CONVENTIONS])
def test_a_convention_gives_no_year_and_no_degree(text: str, original: str) -> None:
    expected = Adoption(parsed(original), "", "convention")
    assert adoption(text) == expected
    assert adoption(parsed(text)) == expected
    assert expected.original.year is None


@pytest.mark.parametrize(
    "text",
    [
        *("ISO 9001:2015", "GB/T 19001-2016", "EN 1992-1-1:2004", "BS 5950-1:2000", "EN 50131-1"),
        *(
            "EN 300 328",
            "GOST 2.105-95",
            "KS A 0001:2015",
            "ASTM D4169-22",
            "UL 60950-1",
            "EN 55103",
        ),
        *("JIS Q 15001:2023", "JIS Q 9005:2023", "JIS Q 17021-100:2018", "JIS A 0001:1999"),
        # Drafts and separate amendments need not follow the original.
        *("prEN ISO 9001", "EN 60601-1:2006/A12:2014", "E DIN EN ISO 9001:2014-08"),
        *("GB/T 19001-2016 idt quality", "ISO 9001:2015/ISO 9001:2015", "9001 (ISO 9001:2015)"),
        *("quality", "", "x" * 200, "GB/T 19001-2016 / ISO TC 1"),
    ],
)
def test_nothing_is_concluded_without_a_statement_or_convention(text: str) -> None:
    assert adoption(text) is None


def test_an_adoption_is_followed_step_by_step() -> None:
    first = adoption("BS EN ISO 9001:2015")
    assert first is not None
    second = adoption(first.original)
    assert second is not None
    assert str(second.original) == "ISO 9001"
    assert adoption(second.original) is None


def test_every_listed_number_of_jis_gives_its_original() -> None:
    for division, publishers in codes.read("jis")["adopted"].items():
        for by, numbers in publishers.items():
            assert len(set(numbers)) == len(numbers)
            for number in numbers:
                found = adoption(f"JIS {division} {number}:2020")
                assert found is not None
                assert found.original == parse(f"{by} {number}")
