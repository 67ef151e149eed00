"""Designations of IETF, Ecma International, 3GPP and OASIS."""

from __future__ import annotations

from typing import Any

import pytest

from kg.identifiers import fits, iri_path, parse, same, undated
from tests.identifiers.checks import parsed, printed, set_fields

IETF: dict[str, Any] = {"class": "Ietf", "publishers": ("IETF",)}
CALCONNECT: dict[str, Any] = {"class": "CalConnect", "publishers": ("CalConnect",)}
ECMA: dict[str, Any] = {"class": "Ecma", "publishers": ("ECMA",)}
GPP: dict[str, Any] = {"class": "ThreeGpp", "publishers": ("3GPP",)}

FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("RFC 9110", {**IETF, "type": "RFC", "number": "9110"}),
    ("STD 66", {**IETF, "type": "STD", "number": "66"}),
    ("BCP 14", {**IETF, "type": "BCP", "number": "14"}),
    ("FYI 38", {**IETF, "type": "FYI", "number": "38"}),
    (
        "draft-ietf-httpbis-semantics-19",
        {**IETF, "stage": "draft", "number": "ietf-httpbis-semantics", "edition": "19"},
    ),
    (
        "draft-ietf-httpbis-semantics",
        {**IETF, "stage": "draft", "number": "ietf-httpbis-semantics"},
    ),
    ("XEP 0045", {"class": "Xep", "publishers": ("XSF",), "number": "0045"}),
    ("CC 18011:2018", {**CALCONNECT, "number": "18011", "year": 2018}),
    ("CC/Adv 0514:2005", {**CALCONNECT, "type": "Adv", "number": "0514", "year": 2005}),
    (
        "CC/A 0812-4:2008",
        {**CALCONNECT, "type": "A", "number": "0812", "parts": ("4",), "year": 2008},
    ),
    ("CC/CD 51006:2024", {**CALCONNECT, "stage": "CD", "number": "51006", "year": 2024}),
    ("ECMA-262 (16th edition)", {**ECMA, "number": "262", "edition": "16"}),
    ("ECMA-262 (edition 5.1)", {**ECMA, "number": "262", "edition": "5.1"}),
    (
        "ECMA-262 (7th edition, June 2016)",
        {**ECMA, "number": "262", "edition": "7", "year": 2016, "month": 6},
    ),
    ("ECMA-418-1", {**ECMA, "number": "418", "parts": ("1",)}),
    ("ECMA TR/98", {**ECMA, "type": "TR", "number": "98"}),
    ("ECMA MEM/2008", {**ECMA, "type": "MEM", "number": "2008"}),
    ("3GPP TS 23.501", {**GPP, "type": "TS", "number": "23.501"}),
    (
        "3GPP TS 38.101-1 V17.5.0 (2022-03)",
        {
            **GPP,
            "type": "TS",
            "number": "38.101",
            "parts": ("1",),
            "edition": "V17.5.0",
            "year": 2022,
            "month": 3,
        },
    ),
    ("3GPP TS 23.501 Release 17", {**GPP, "type": "TS", "number": "23.501", "edition": "Rel-17"}),
    ("OASIS csaf-v2.0", {"class": "Oasis", "publishers": ("OASIS",), "number": "csaf-v2.0"}),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, Any]) -> None:
    assert set_fields(parsed(text)) == fields
    assert str(parsed(text)) == text


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("RFC9110", "RFC 9110"),
        ("rfc-0791", "RFC 791"),
        ("IETF RFC 9110", "RFC 9110"),
        ("STD0066", "STD 66"),
        ("I-D.ietf-httpbis-semantics", "draft-ietf-httpbis-semantics"),
        ("Internet-Draft draft-ietf-quic-http-34", "draft-ietf-quic-http-34"),
        ("draft-bray-unichars-15", "draft-bray-unichars-15"),
        ("ECMA 262", "ECMA-262"),
        ("ECMA-262 5.1 Edition", "ECMA-262 (edition 5.1)"),
        ("ECMA-262 edition 5.1", "ECMA-262 (edition 5.1)"),
        ("Standard ECMA-262, 16th edition", "ECMA-262 (16th edition)"),
        ("ECMA-262 ed. 3", "ECMA-262 (3rd edition)"),
        ("ECMA-262 7th Edition / June 2016", "ECMA-262 (7th edition, June 2016)"),
        ("ECMA-262 (12th Edition)", "ECMA-262 (12th edition)"),
        ("ECMA TR-98", "ECMA TR/98"),
        ("XEP-0045", "XEP 0045"),
        ("cc/adv 0514-2005", "CC/Adv 0514:2005"),
        ("Internet-Draft draft-aaron-acme-ari", "draft-aaron-acme-ari"),
        ("Internet-Draft draft-3gpp-collaboration-01", "draft-3gpp-collaboration-01"),
        ("3GPP TS 24.008 version 8.6.0 Release 8", "3GPP TS 24.008 V8.6.0"),
        ("3GPP TS 26.114:REL-10/10.6.0", "3GPP TS 26.114 V10.6.0"),
        ("3GPP TS 24.008:R99/3.2.1", "3GPP TS 24.008 V3.2.1"),
        ("3GPP TS 03.40:Ph2/4.10.0", "3GPP TS 03.40 V4.10.0"),
        ("3GPP TS 03.40:REL-96/5.7.0", "3GPP TS 03.40 V5.7.0"),
        ("3GPP TR 23.888:REL-11/1.5.0", "3GPP TR 23.888 V1.5.0"),
        ("3GPP TS 05.05dcs:Ph1-DCS/3.2.0", "3GPP TS 05.05DCS V3.2.0 (PH1-DCS)"),
        ("3GPP TS 23.501 Rel-17", "3GPP TS 23.501 Release 17"),
        ("OASIS PLCS v1.0-CS01", "OASIS PLCS v1.0-CS01"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, usual: str) -> None:
    assert printed(text) == usual


@pytest.mark.parametrize(
    "text",
    [
        *("RFC", "RFC 0", "RFC 123456", "RFC 9110 errata", "rfc 9110, 9111", "Std 66", "Std 802"),
        *("STD 1234", "draft-2", "draft-report-20", "draft report 20", "draft-ietf", "draft-a-b"),
        *("ECMA", "ECMA-262 edition", "ECMA-262 (16th edition", "ECMA-262)", "ECMA Script 6"),
        *("ECMA-262 June", "ECMA TR 98 99", "Standard 262", "TS 23.501", "3GPP 23.501"),
        *("3GPP TS 24.008 V8.6.0 Release 9", "3GPP TS 24.008:REL-9/8.6.0", "3GPP TS 24.008 8.6"),
        *("3GPP Release 17", "3GPP TSG 23.501", "OASIS", "OASIS 2020", "OASIS standard 1.0"),
        *("OASIS TC 5", "OASIS v2", "IANA ipv6-parameters", "IANA 2020"),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_editions_fit_the_work() -> None:
    assert fits(parsed("ECMA-262"), parsed("ECMA-262 (16th edition)"))
    assert not same(parsed("ECMA-262 (5th edition)"), parsed("ECMA-262 (edition 5.1)"))
    assert str(undated(parsed("3GPP TS 24.008 V8.6.0"))) == "3GPP TS 24.008"
    assert parsed("3GPP TS 24.008:REL-8/8.6.0") == parsed("3GPP TS 24.008 v8.6.0")
    assert not same(parsed("3GPP TS 24.008"), parsed("ETSI TS 124 008"))
    assert not same(parsed("RFC 66"), parsed("STD 66"))
    assert undated(parsed("draft-ietf-quic-http-34")) == parsed("draft-ietf-quic-http")
    assert iri_path(parsed("ECMA-262 (edition 5.1)")) == "ecma/262/edition/5.1"
    assert iri_path(parsed("draft-ietf-quic-http-34")) == "ietf/draft/ietf-quic-http/edition/34"
