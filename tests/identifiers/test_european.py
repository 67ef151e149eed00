"""Designations of CEN and CENELEC, and national standards that repeat them."""

from __future__ import annotations

from typing import Any

import pytest

from kg.identifiers import codes, fits, iri_path, parse, same, undated
from kg.identifiers.bodies import national, parsers
from tests.identifiers.checks import parsed, printed, set_fields, sup

EN: dict[str, Any] = {"class": "European"}
NATIONAL: dict[str, Any] = {"class": "National"}

FIELDS: list[tuple[str, dict[str, Any]]] = [
    (
        "EN 1992-1-1:2004/A1:2014",
        {
            **EN,
            "publishers": ("EN",),
            "number": "1992",
            "parts": ("1", "1"),
            "year": 2004,
            "supplements": (sup("Amd", "1", year=2014),),
        },
    ),
    (
        "EN ISO 13485:2016/AC:2018",
        {
            **EN,
            "publishers": ("EN", "ISO"),
            "number": "13485",
            "year": 2016,
            "supplements": (sup("Cor", year=2018),),
        },
    ),
    (
        "EN IEC 62368-1:2020+A11:2020",
        {
            **EN,
            "publishers": ("EN", "IEC"),
            "number": "62368",
            "parts": ("1",),
            "year": 2020,
            "supplements": (sup("Amd", "11", year=2020, included=True),),
        },
    ),
    (
        "FprEN ISO/IEC 17025:2017",
        {
            **EN,
            "publishers": ("EN", "ISO", "IEC"),
            "stage": "Fpr",
            "number": "17025",
            "year": 2017,
        },
    ),
    (
        "CEN ISO/TS 19139:2009",
        {**EN, "publishers": ("CEN", "ISO"), "type": "TS", "number": "19139", "year": 2009},
    ),
    (
        "CEN/CLC/TR 17602-80-12:2021",
        {
            **EN,
            "publishers": ("CEN", "CLC"),
            "type": "TR",
            "number": "17602",
            "parts": ("80", "12"),
            "year": 2021,
        },
    ),
    (
        "CWA 14050-1:2000",
        {**EN, "publishers": ("CWA",), "number": "14050", "parts": ("1",), "year": 2000},
    ),
    (
        "HD 384.4.42 S1:1985/A2:1994",
        {
            **EN,
            "publishers": ("HD",),
            "number": "384.4.42",
            "edition": "S1",
            "year": 1985,
            "supplements": (sup("Amd", "2", year=1994),),
        },
    ),
    (
        "EN ISO 13849-1:2015/prA1:2020",
        {
            **EN,
            "publishers": ("EN", "ISO"),
            "number": "13849",
            "parts": ("1",),
            "year": 2015,
            "supplements": (sup("Amd", "1", stage="pr", year=2020),),
        },
    ),
    (
        "BS EN ISO 9001:2015",
        {**NATIONAL, "publishers": ("BS", "EN", "ISO"), "number": "9001", "year": 2015},
    ),
    (
        "BS 5950-1:2000",
        {**NATIONAL, "publishers": ("BS",), "number": "5950", "parts": ("1",), "year": 2000},
    ),
    (
        "PD CEN/TR 15350:2020",
        {**NATIONAL, "publishers": ("PD", "CEN"), "type": "TR", "number": "15350", "year": 2020},
    ),
    ("PAS 99:2012", {**NATIONAL, "publishers": ("PAS",), "number": "99", "year": 2012}),
    (
        "DIN EN ISO 9001:2015-11",
        {
            **NATIONAL,
            "publishers": ("DIN", "EN", "ISO"),
            "number": "9001",
            "year": 2015,
            "month": 11,
        },
    ),
    (
        "DIN EN 1992-1-1/NA:2013-04",
        {
            **NATIONAL,
            "publishers": ("DIN", "EN"),
            "number": "1992",
            "parts": ("1", "1"),
            "supplements": (sup("NA", year=2013, month=4),),
        },
    ),
    (
        "DIN EN 60335-1 (VDE 0700-1):2020-08",
        {
            **NATIONAL,
            "publishers": ("DIN", "EN"),
            "number": "60335",
            "parts": ("1",),
            "aliases": ("VDE 0700-1",),
            "year": 2020,
            "month": 8,
        },
    ),
    (
        "E DIN EN ISO 9001:2014-08",
        {
            **NATIONAL,
            "publishers": ("DIN", "EN", "ISO"),
            "stage": "E",
            "number": "9001",
            "year": 2014,
            "month": 8,
        },
    ),
    (
        "DIN VDE V 0826-1:2018-09",
        {
            **NATIONAL,
            "publishers": ("DIN VDE V",),
            "number": "0826",
            "parts": ("1",),
            "year": 2018,
            "month": 9,
        },
    ),
    ("NF X50-131", {**NATIONAL, "publishers": ("NF",), "number": "X50", "parts": ("131",)}),
    (
        "NF DTU 20.1:2020",
        {**NATIONAL, "publishers": ("NF",), "number": "DTU 20.1", "year": 2020},
    ),
    (
        "ÖNORM B1801-1:2022",
        {**NATIONAL, "publishers": ("ONORM",), "number": "B1801", "parts": ("1",), "year": 2022},
    ),
    (
        "NEN-EN-ISO 9001:2015",
        {**NATIONAL, "publishers": ("NEN", "EN", "ISO"), "number": "9001", "year": 2015},
    ),
    (
        "AS/NZS 60335.2.14:2017",
        {
            **NATIONAL,
            "publishers": ("AS/NZS",),
            "number": "60335",
            "parts": ("2", "14"),
            "year": 2017,
        },
    ),
    (
        "I.S. EN ISO 9001:2015",
        {**NATIONAL, "publishers": ("I.S.", "EN", "ISO"), "number": "9001", "year": 2015},
    ),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, Any]) -> None:
    assert set_fields(parsed(text)) == fields
    assert str(parsed(text)) == text


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("EN ISO 9001-2015", "EN ISO 9001:2015"),
        ("en-iso 9001", "EN ISO 9001"),
        ("en 60601-1", "EN 60601-1"),
        ("en 1990:2002", "EN 1990:2002"),
        ("EN 1990", "EN 1990"),
        ("EN CEI 60034-1", "EN IEC 60034-1"),
        ("CENELEC/TS 50131-7", "CLC/TS 50131-7"),
        ("CEN-CLC Guide 6", "CEN/CLC Guide 6"),
        ("EN ISO 13849-1 : 2015 + A1 : 2020", "EN ISO 13849-1:2015+A1:2020"),
        ("EN 300 328", "ETSI EN 300 328"),
        ("EN 301549", "ETSI EN 301 549"),
        ("EN 300 328 V2.2.2 (2019-07)", "ETSI EN 300 328 V2.2.2 (2019-07)"),
        ("BS EN 300328", "BS EN 300 328"),
        ("BS-EN 60601-1:2006", "BS EN 60601-1:2006"),
        ("BSI PAS 99:2012", "PAS 99:2012"),
        ("NF EN ISO 9001:2015-10", "NF EN ISO 9001:2015-10"),
        ("NF C 15-100", "NF C15-100"),
        ("UNI CEI EN ISO/IEC 17025:2018", "UNI EN ISO/IEC 17025:2018"),
        ("UNE EN ISO 9001:2015", "UNE-EN ISO 9001:2015"),
        ("NEN-EN-ISO/IEC 27001:2017", "NEN-EN-ISO/IEC 27001:2017"),
        ("OENORM EN 1990", "ÖNORM EN 1990"),
        ("ČSN EN ISO 9001", "ČSN EN ISO 9001"),
        ("PN EN ISO 9001:2015-10", "PN-EN ISO 9001:2015-10"),
        ("AS/NZS 4360:2004", "AS/NZS 4360:2004"),
        ("AS 4360-2004", "AS 4360:2004"),
        ("NBR ISO 9001:2015", "ABNT NBR ISO 9001:2015"),
        ("IS/ISO 9001:2015", "IS/ISO 9001:2015"),
        ("IS EN 60601-1:2006", "I.S. EN 60601-1:2006"),
        ("TS EN ISO 9001:2015", "TS EN ISO 9001:2015"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, usual: str) -> None:
    assert printed(text) == usual


@pytest.mark.parametrize(
    "text",
    [
        *("en 1973", "En 2002", "en 3D", "EN 3D", "EN 4.1.2", "en 9001"),
        *("EN", "EN route 2020", "EN ISO", "EN TS 1", "EN 1:20", "EN ISO 9001 certification"),
        *("CEN 1", "CEN/TC 287", "CEN/CLC/JTC 21", "CLC 1", "HD 1080", "HD 720", "EN A1:2000"),
        *("EN 1/A", "pr 5", "BS", "BS level 4", "DIN A4", "DIN-Norm 1", "NF 5", "NF Z", "UNI 1"),
        *("PAS 99", "PD 1", "AS 9100", "TS 16949", "TS 1:2000", "SN 1:2000", "PAS 9", "UNI 1"),
        *(
            "SS 316:2000",
            "E BS 1:2000",
            "E 1",
            "NEN-1010",
            "I 1",
            "ISO EN 9001",
            "DIN EN",
            "AS 1.1",
        ),
        *("BS EN", "BS ISO 9001:15", "MS 2000", "NS 3420", "DS 1:2000", "Uni 2020 report"),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_an_adoption_is_not_the_original() -> None:
    texts = (
        "EN ISO 9001:2015|BS EN ISO 9001:2015|DIN EN ISO 9001:2015|BS ISO 9001:2015|EN 9001:2015"
    )
    designations = [parsed(text) for text in ("ISO 9001:2015", *texts.split("|"))]
    for at, one in enumerate(designations):
        for other in designations[at + 1 :]:
            assert not same(one, other)
    assert len({iri_path(one) for one in designations}) == len(designations)
    assert same(parsed("EN ISO 17025"), parsed("EN ISO/IEC 17025:2017"))
    assert fits(parsed("DIN EN ISO 17025"), parsed("DIN EN ISO/IEC 17025:2018-03"))
    assert not same(parsed("EN ISO 60601"), parsed("EN IEC 60601"))
    assert iri_path(parsed("BS EN ISO 9001:2015")) == "bs-en-iso/9001-2015"
    assert iri_path(parsed("CEN ISO/TS 19139:2009")) == "cen-iso/ts/19139-2009"


def test_editions_fit_the_undated_designation() -> None:
    dated = parsed("DIN EN ISO 9001:2015-11")
    assert str(undated(dated)) == "DIN EN ISO 9001"
    assert fits(parsed("din en iso 9001"), dated)
    assert fits(parsed("DIN EN ISO 9001:2015"), dated)
    assert not same(parsed("EN 60601-1:2006+A1:2013"), parsed("EN 60601-1:2006"))


def test_every_national_code_leads_to_its_grammar() -> None:
    for code, row in codes.read("national").items():
        for name in (code, *row.get("spellings", ())):
            text = f"{name}{row.get('join', ' ')}EN ISO 9001:2015"
            assert national.parse in parsers(text), name
            # India's code means Ireland's standard before EN.
            expected = "I.S." if code == "IS" else code
            assert parsed(text).publishers == (expected, "EN", "ISO"), text
        known = {"country", "spellings", "printed", "join", "between", "own", "others", "dotted"}
        assert set(row) <= known
