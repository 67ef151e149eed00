"""Designations of the Metre Convention's bodies, JCGM, CIE, IHO and IALA."""

from __future__ import annotations

from typing import Any

import pytest

from kg.identifiers import fits, iri_path, parse, same, undated
from tests.identifiers.checks import parsed, printed, set_fields

BIPM: dict[str, Any] = {"class": "Bipm"}
CIE: dict[str, Any] = {"class": "Cie", "publishers": ("CIE",)}
IHO: dict[str, Any] = {"class": "Iho", "publishers": ("IHO",)}
IALA: dict[str, Any] = {"class": "Iala", "publishers": ("IALA",)}

FIELDS: list[tuple[str, dict[str, Any]]] = [
    (
        "CGPM RES 1 (1960)",
        {**BIPM, "publishers": ("CGPM",), "type": "RES", "number": "1960", "parts": ("1",)},
    ),
    (
        "CIPM DECN 105-12 (2016, E)",
        {
            **BIPM,
            "publishers": ("CIPM",),
            "type": "DECN",
            "number": "2016",
            "parts": ("105", "12"),
            "language": "E",
        },
    ),
    ("CIPM DECL (1964)", {**BIPM, "publishers": ("CIPM",), "type": "DECL", "number": "1964"}),
    (
        "CIPM 104-2nd Meeting (2015)",
        {
            **BIPM,
            "publishers": ("CIPM",),
            "type": "Meeting",
            "number": "2015",
            "parts": ("104", "2"),
        },
    ),
    ("JCGM 100:2008", {**BIPM, "publishers": ("JCGM",), "number": "100", "year": 2008}),
    (
        "JCGM GUM-6:2020(E)",
        {**BIPM, "publishers": ("JCGM",), "number": "GUM-6", "year": 2020, "language": "E"},
    ),
    (
        "Metrologia 51 1A 06002",
        {
            "class": "Metrologia",
            "publishers": ("Metrologia",),
            "number": "51",
            "parts": ("1A", "06002"),
        },
    ),
    (
        "BIPM SI Brochure 9e v3.01 (2019/2024, E)",
        {
            "class": "SiBrochure",
            "publishers": ("BIPM",),
            "number": "SI Brochure",
            "edition": "9e v3.01 (2019/2024)",
            "language": "E",
        },
    ),
    ("CIE 170-1:2006", {**CIE, "number": "170", "parts": ("1",), "year": 2006}),
    (
        "CIE S 023/E:2013",
        {**CIE, "type": "S", "number": "023", "language": "E", "year": 2013},
    ),
    (
        "CIE DIS 025/E:2015",
        {**CIE, "stage": "DIS", "number": "025", "language": "E", "year": 2015},
    ),
    ("CIE x046:2019", {**CIE, "type": "x", "number": "046", "year": 2019}),
    ("IHO S-57", {**IHO, "number": "S-57"}),
    ("IHO S-100 5.2.0", {**IHO, "number": "S-100", "edition": "5.2.0"}),
    ("IHO S-65 Ap. A", {**IHO, "number": "S-65", "parts": ("A",)}),
    ("IHO S-158:101", {**IHO, "number": "S-158", "parts": (":101",)}),
    ("IHO P-1/30", {**IHO, "number": "P-1", "parts": ("/30",)}),
    ("IALA G1111-1", {**IALA, "number": "G1111", "parts": ("1",)}),
    ("IALA S1010 Ed 2.0", {**IALA, "number": "S1010", "edition": "2.0"}),
    (
        "IALA G1020 Ed 1.2 (E)",
        {**IALA, "number": "G1020", "edition": "1.2", "language": "E"},
    ),
    (
        "IALA R0124-9-11 Ed 1",
        {**IALA, "number": "R0124", "parts": ("9", "11"), "edition": "1"},
    ),
    ("IALA M0001 Ed 9.0", {**IALA, "number": "M0001", "edition": "9.0"}),
    ("IALA L2.7.1-2 Ed 2", {**IALA, "number": "L2.7.1", "parts": ("2",), "edition": "2"}),
    ("IALA GA01.07", {**IALA, "number": "GA01.07"}),
    ("IALA A12-01", {**IALA, "number": "A12", "parts": ("01",)}),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, Any]) -> None:
    assert set_fields(parsed(text)) == fields
    assert str(parsed(text)) == text


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("CGPM Resolution 1 (1960)", "CGPM RES 1 (1960)"),
        ("Résolution 1 de la CGPM (1960)", "CGPM RES 1 (1960)"),
        ("Resolution 1 of the CGPM (1960)", "CGPM RES 1 (1960)"),
        ("CGPM Resolution 1 (1960) / Résolution 1 de la CGPM (1960)", "CGPM RES 1 (1960)"),
        ("Décision CIPM/105-12 (2016)", "CIPM DECN 105-12 (2016)"),
        ("Action 40-1 du JCRB (2019)", "JCRB ACT 40-1 (2019)"),
        ("CIPM 96<sup>e</sup> réunion (2007)", "CIPM 96th Meeting (2007, F)"),
        (
            "CIPM 96th Meeting (2007) / CIPM 96<sup>e</sup> réunion (2007)",
            "CIPM 96th Meeting (2007)",
        ),
        ("CCT 29-1th Meeting (2020) / CCT 29e réunion (2020)", "CCT 29-1st Meeting (2020)"),
        ("JCGM 12nd Meeting (2007)", "JCGM 12th Meeting (2007)"),
        ("SI Brochure, 9th edition", "BIPM SI Brochure 9e"),
        ("BIPM SI Brochure", "BIPM SI Brochure"),
        ("CIE 15-2004", "CIE 15:2004"),
        ("iho s57", "IHO S-57"),
        ("IHO S-57 Edition 3.1", "IHO S-57 3.1"),
        ("IHO S-65 Appendix A", "IHO S-65 Ap. A"),
        ("IALA Recommendation R1001", "IALA R1001"),
        ("IALA Guideline G1111 Ed. 1.0", "IALA G1111 Ed 1.0"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, usual: str) -> None:
    assert printed(text) == usual


@pytest.mark.parametrize(
    "text",
    [
        *("CGPM", "CGPM 26", "CGPM RES 1", "Resolution 1 (1960)", "CIPM RES 1 (60)", "BIPM 2019"),
        *("CGPM RES 1 (1960) / Résolution 2 de la CGPM (1960)", "SI Brochure", "Metrologia"),
        *("CIPM 96th Meeting (2007) / CIPM 97e réunion (2007)", "Metrologia 51 1A 06002 7"),
        *(
            "JCGM",
            "JCGM 100:08",
            "GUM 1995",
            "SI 2019",
            "Action 5",
            "CIE",
            "CIE 1931",
            "CIE Lab 76",
        ),
        *("S-57", "S-100", "IHO 57", "IHO Z-1", "IHO S-57 chart", "IALA", "IALA 2020", "IALA R10"),
        *("R1001", "IALA X1001"),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_resolutions_of_different_years_are_different_documents() -> None:
    one, other = parsed("CGPM RES 1 (1960)"), parsed("CGPM RES 1 (2018)")
    assert not same(one, other)
    assert undated(one) == one
    assert same(one, parsed("CGPM RES 1 (1960, F)"))
    assert not fits(parsed("CGPM RES 1 (1960, F)"), parsed("CGPM RES 1 (1960, E)"))
    assert fits(parsed("IHO S-57"), parsed("IHO S-57 3.1"))
    assert iri_path(one) == "cgpm/res/1960-1"
    assert iri_path(parsed("IHO S-158:101")) == "iho/s-158-%3A101"
