"""Designations of industries, professions and armed forces."""

from __future__ import annotations

import pytest

from kg.identifiers import codes, iri_path, parse, same
from kg.identifiers.bodies import asme_code, industry, military, parsers
from tests.identifiers.checks import parsed


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("VDI 2230-1", "VDI 2230 Blatt 1"),
        ("VDI-Richtlinie 2230 Bl. 1", "VDI 2230 Blatt 1"),
        ("VDI/VDE 2634 Blatt 2", "VDI/VDE 2634 Blatt 2"),
        ("VDE 0100-410:2018-10", "VDE 0100-410:2018-10"),
        ("DVGW-Arbeitsblatt W551", "DVGW W 551"),
        ("dguv vorschrift 3", "DGUV Vorschrift 3"),
        ("SIA-Norm 380/1", "SIA 380/1"),
        ("IATF16949", "IATF 16949"),
        ("SA 8000", "SA8000"),
        ("ECE R100", "UNECE R100"),
        ("UN Regulation No. 155", "UNECE R155"),
        ("DO-178C", "RTCA DO-178C"),
        ("ARINC 653 Part 1", "ARINC 653-1"),
        ("IPC/JEDEC J-STD-020E", "J-STD-020E"),
        ("JEDEC JESD22-A104F", "JESD22-A104F"),
        ("AASHTO M145", "AASHTO M 145"),
        ("ACI 318-2019", "ACI 318-19"),
        ("NOM-001-SEDE-2012", "NOM-001-SEDE-2012"),
        ("MIL STD 810 H", "MIL-STD-810H"),
        ("MIL-DTL-38999/26", "MIL-DTL-38999/26"),
        ("Def Stan 00-970, Part 1", "DEF STAN 00-970 Part 1"),
        ("AQAP 2110 Edition D", "AQAP-2110 Edition D"),
        ("ASME Section VIII, Division 2", "ASME BPVC.VIII.2"),
        ("ASME BPVC Section IX-2021", "ASME BPVC.IX-2021"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, usual: str) -> None:
    assert str(parse(text)) == usual
    assert parse(usual) == parse(text)


@pytest.mark.parametrize(
    "text",
    [
        *("VDI 22", "VDE 0100 Blatt", "SIA 12345", "IATF 16", "SA 9000", "UN 1263", "UIC 5"),
        *("MIL-STD", "FED-X-1", "STANAG", "ASME VIII", "Section IX", "JESD", "DGUV 3", "SEMI 2"),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_editions_are_those_of_one_document() -> None:
    assert same(parsed("VDI 2230 Blatt 1"), parsed("VDI 2230 Blatt 1:2015-11"))
    assert not same(parsed("MIL-STD-810H"), parsed("MIL-STD-810G"))
    assert same(parsed("MIL-STD-810"), parsed("MIL-STD-810G"))
    assert iri_path(parsed("MIL-STD-810H")) == "mil/std/810/edition/h"
    assert iri_path(parsed("VDI/VDE 2634 Blatt 2")) == "vdi%2Fvde/2634-2"


def test_every_code_leads_to_the_grammar() -> None:
    known = {"name", "spellings", "number", "loose", "join", "part", "part_join", "part_signs"}
    known |= {"revised", "year", "short"}
    for code, row in codes.read("industry").items():
        for name in (code, *row.get("spellings", ())):
            assert industry.parse in parsers(f"{name} 1"), name
        assert set(row) <= known
    assert military.parse in parsers("MIL-STD-810H")
    assert asme_code.parse in parsers("ASME BPVC.IX")
