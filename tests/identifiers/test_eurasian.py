"""Designations of the CIS, Korea and China."""

from __future__ import annotations

from typing import Any

import pytest

from kg.identifiers import codes, iri_path, parse, same
from kg.identifiers.bodies import chinese, parsers
from tests.identifiers.checks import parsed, printed, set_fields

GOST: dict[str, Any] = {"class": "Gost"}
KS: dict[str, Any] = {"class": "Korean"}
CN: dict[str, Any] = {"class": "Chinese"}

FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("GOST R 7.0.97-2016", {**GOST, "publishers": ("GOST R",), "number": "7.0.97", "year": 2016}),
    ("GOST 2.105-95", {**GOST, "publishers": ("GOST",), "number": "2.105", "year": 1995}),
    (
        "GOST 10079-1-2012",
        {**GOST, "publishers": ("GOST",), "number": "10079", "parts": ("1",), "year": 2012},
    ),
    ("GOST 10079-1", {**GOST, "publishers": ("GOST",), "number": "10079", "parts": ("1",)}),
    ("GOST 10028-81", {**GOST, "publishers": ("GOST",), "number": "10028", "year": 1981}),
    (
        "RMG 29-2013",
        {"class": "Easc", "publishers": ("EASC",), "type": "RMG", "number": "29", "year": 2013},
    ),
    (
        "PMG 04-94",
        {"class": "Easc", "publishers": ("EASC",), "type": "PMG", "number": "04", "year": 1994},
    ),
    ("GOST ISO 9001-2011", {**GOST, "publishers": ("GOST", "ISO"), "number": "9001", "year": 2011}),
    (
        "GOST R ISO/TS 22003-2009",
        {**GOST, "publishers": ("GOST R", "ISO"), "type": "TS", "number": "22003", "year": 2009},
    ),
    (
        "GOST IEC 60335-2-30-2013",
        {
            **GOST,
            "publishers": ("GOST", "IEC"),
            "number": "60335",
            "parts": ("2", "30"),
            "year": 2013,
        },
    ),
    ("DSTU ISO 9001:2015", {**GOST, "publishers": ("DSTU", "ISO"), "number": "9001", "year": 2015}),
    ("KS A 0001:2015", {**KS, "publishers": ("KS",), "type": "A", "number": "0001", "year": 2015}),
    (
        "KS Q ISO 9001:2015",
        {**KS, "publishers": ("KS", "ISO"), "type": "Q", "number": "9001", "year": 2015},
    ),
    (
        "KS B ISO/TS 12901-2:2017",
        {
            **KS,
            "publishers": ("KS", "ISO"),
            "type": "B TS",
            "number": "12901",
            "parts": ("2",),
            "year": 2017,
        },
    ),
    ("JJG 225—2001", {**CN, "publishers": ("JJG",), "number": "225", "year": 2001}),
    ("JJF(浙) 1130—2017", {**CN, "publishers": ("JJF(浙)",), "number": "1130", "year": 2017}),
    ("HJ 2.1—2016", {**CN, "publishers": ("HJ",), "number": "2", "parts": ("1",), "year": 2016}),
    ("JTG D60—2015", {**CN, "publishers": ("JTG",), "number": "D60", "year": 2015}),
    ("JGJ/T 23—2011", {**CN, "publishers": ("JGJ",), "type": "T", "number": "23", "year": 2011}),
    ("CECS 102:2002", {**CN, "publishers": ("CECS",), "number": "102", "year": 2002}),
    ("T/CECA-G 0024—2018", {**CN, "publishers": ("T/CECA-G",), "number": "0024", "year": 2018}),
    (
        "Q/370200 ABC 001—2019",
        {**CN, "publishers": ("Q/370200 ABC",), "number": "001", "year": 2019},
    ),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, Any]) -> None:
    assert set_fields(parsed(text)) == fields
    assert str(parsed(text)) == text


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("GOST R 7.0.97-2016", "ГОСТ Р 7.0.97-2016"),
        ("GOST R 7.0.97-2016", "ГОСТ Р 7.0.97—2016"),
        ("GOST 2.105-95", "гост 2.105-95"),
        ("GOST ISO 9001-2011", "ГОСТ ISO 9001–2011"),
        ("GOST R ISO 9001-2015", "ГОСТ Р ИСО 9001-2015"),
        ("GOST R ISO/IEC 27001-2006", "ГОСТ Р ИСО/МЭК 27001-2006"),
        ("GOST R ISO/TR 14062-2007", "ГОСТ Р ИСО/ТО 14062-2007"),
        ("GOST IEC 60950-1-2014", "ГОСТ МЭК 60950-1-2014"),
        ("GOST R ISO 9001-1996", "ГОСТ Р ИСО 9001-96"),
        ("PNST 518-2021", "ПНСТ 518-2021"),
        ("STB ISO 9001-2015", "СТБ ISO 9001-2015"),
        ("ST RK 1.5-2019", "СТ РК 1.5-2019"),
        ("DSTU ISO 9001:2015", "ДСТУ ISO 9001:2015"),
    ],
)
def test_latin_and_cyrillic_letters_mean_the_same_document(latin: str, cyrillic: str) -> None:
    assert parsed(cyrillic) == parsed(latin)
    assert iri_path(parsed(cyrillic)) == iri_path(parsed(latin))
    assert printed(cyrillic) == latin


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("GOST R ISO 10303-43", "GOST R ISO 10303-43"),
        ("ksqiso9001:2015", "KS Q ISO 9001:2015"),
        ("KS C IEC 60335-1:2007", "KS C IEC 60335-1:2007"),
        ("YD/T 1234.1-2018", "YD/T 1234.1—2018"),
        ("DLT 5000-2000", "DL/T 5000—2000"),
        ("GBT 19001", "GB/T 19001"),
        ("РМГ 29-2013", "RMG 29-2013"),
        ("GOST 60335-2-30-94", "GOST 60335-2-30-94"),
        ("JJF（浙） 1130-2017", "JJF(浙) 1130—2017"),
        ("DB3301/T 0234-2018", "DB3301/T 0234—2018"),
        ("GB/T 19001-2016/ISO 9001:2015", "GB/T 19001—2016"),
        ("GB/T 22080-2016 / ISO/IEC 27001:2013", "GB/T 22080—2016"),
        ("YY/T 0287-2017/ISO 13485:2016", "YY/T 0287—2017"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, usual: str) -> None:
    assert printed(text) == usual


@pytest.mark.parametrize(
    "text",
    [
        *("ГОСТ", "ГОСТ сертификация 2015", "GOST", "GOST R", "GOST ISO", "ГОСТ 1.5 часть 2"),
        *("GOST 2.105-5", "GOST prEN 1-2000", "GOST ISO 9001-2015/A1:2016", "ГОСТы 2015", "STB 4k"),
        *("KS", "KS 2020", "KS Q 90", "KS Q ISO", "KS Q EN 1:2000", "KS quality 9001", "KSQ 20"),
        *(
            "GB/T E60-2015",
            "YD/T D60-2015",
            "GB/T 1:2020",
            "DLT 1",
            "YDT 3",
            "YD/T 1:2020",
            "JTG AB60-2015",
        ),
        *("GB/T 19001-2016/ISO 9001 5", "GB/T 19001-2016 idt", "GB/T 19001-2016 idt ISO 9001:2015"),
        *("GB/T 19001-2016 ISO 9001:2015", "JJF() 1-2000", "JJX(浙) 1-2000", "Q/370200 1-2000"),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_the_codes_of_china_lead_to_the_grammar_and_have_their_sector() -> None:
    listed = codes.read("china")
    for group in listed.values():
        for code, row in group.items():
            assert chinese.parse in parsers(f"{code} 1-2000"), code
            assert parsed(f"{code}/T 1-2000").publishers == (code,)
            assert set(row) <= {"sector", "owner", "letters", "colon", "revised"}
    assert listed["sectors"]["YD"] == {"sector": "通信", "owner": "工业和信息化部"}
    unknown = [code for code, row in listed["sectors"].items() if "sector" not in row]
    assert unknown == ["GW", "KY"]
    assert len(listed["sectors"]) > 70


def test_bodies_of_one_country_differ() -> None:
    texts = ("GOST 1.5-2001", "GOST R 1.5-2001", "STB 1.5-2001", "PNST 1.5-2001")
    designations = [parsed(text) for text in texts]
    assert len({iri_path(one) for one in designations}) == len(texts)
    assert not same(parsed("KS Q ISO 9001"), parsed("KS A ISO 9001"))
