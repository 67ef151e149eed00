"""Random designations of every family: parsing inverts printing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import Designation, Supplement, fits, iri_path, parse, same, undated, urn
from kg.identifiers.bodies.ccsds import Ccsds
from kg.identifiers.bodies.chinese import Chinese
from kg.identifiers.bodies.chinese_documents import ChineseDocument
from kg.identifiers.bodies.etsi import Etsi
from kg.identifiers.bodies.iec_documents import IecDocument
from kg.identifiers.bodies.iec_systems import IecSystem
from kg.identifiers.bodies.ieee import Ieee
from kg.identifiers.bodies.iso import Iso
from kg.identifiers.bodies.iso_directives import Directives
from kg.identifiers.bodies.itu import Itu
from kg.identifiers.bodies.jis import Jis
from kg.identifiers.bodies.nist import Nist
from kg.identifiers.bodies.ogc import Ogc
from kg.identifiers.bodies.oiml import Oiml
from kg.identifiers.bodies.w3c import W3c
from kg.identifiers.model import changed, segment
from kg.identifiers.text import clean

YEAR = st.integers(1900, 2099)
MONTH = st.integers(1, 12)
MAYBE_YEAR = st.none() | YEAR
DIGITS = st.integers(1, 99999).map(str)
# Part numbers that look like years are tried elsewhere: ISO writes a hyphen before a part only.
PART = st.integers(1, 299).map(str)


def pattern(regex: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(regex, re.ASCII), fullmatch=True)


def parts(of: st.SearchStrategy[str] = PART) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, max_size=3).map(tuple)


@st.composite
def dates(draw: st.DrawFn) -> dict[str, Any]:
    year = draw(MAYBE_YEAR)
    return {"year": year, "month": draw(st.none() | MONTH) if year else None}


@st.composite
def iso_supplements(draw: st.DrawFn, included: bool) -> Supplement:
    stage = "" if included else draw(st.sampled_from(["", "", "D", "FD", "CD", "WD"]))
    return Supplement(
        kind=draw(st.sampled_from(["Amd", "Cor", "Add", "Suppl"] if not stage else ["Amd", "Cor"])),
        number=draw(PART),
        stage=stage,
        iteration=draw(st.sampled_from(["", "2"])) if stage else "",
        included=included,
        **draw(dates()),
    )


@st.composite
def isos(draw: st.DrawFn) -> Designation:
    by = ["ISO", "IEC", "CISPR", "ISO IEC", "ISO IEC IEEE", "ISO ASTM", "IEC IEEE", "ISO CIE"]
    kinds = ["", "", " TR", " TS", " Guide", "DIS ", "FDIS ", "CD ", "CD TS", "D TS", "FD TR"]
    stage, _, kind = draw(st.sampled_from(kinds)).partition(" ")
    joined = draw(st.lists(iso_supplements(True), max_size=2))
    return Iso(
        publishers=tuple(draw(st.sampled_from(by)).split()),
        stage=stage,
        type=kind,
        number=draw(pattern(r"[1-9]\d{0,4}[A-Z]?")),
        parts=draw(parts(PART | pattern(r"[A-Z]\d{1,2}") | pattern(r"\d{1,2}[A-Z]"))),
        iteration=draw(st.sampled_from(["", "2"])) if stage else "",
        supplements=(*joined, *draw(st.lists(iso_supplements(False), max_size=2))),
        variant=draw(st.sampled_from(["", "CSV", "RLV", "EXV-CMV"])),
        edition=draw(st.sampled_from(["", "1", "12"])),
        language=draw(st.sampled_from(["", "E", "F", "E/F"])),
        **draw(dates()),
    )


@st.composite
def itu_ts(draw: st.DrawFn) -> Designation:
    kinds = ["Amd.", "Cor.", "Technical Cor.", "Err.", "Add.", "Suppl."]
    made = st.builds(
        lambda kind, number, date: Supplement(kind=kind, number=number, **date),
        st.sampled_from(kinds),
        PART,
        dates(),
    )
    number = pattern(r"[A-Z]\.[1-9]\d{0,3}(\.\d{1,2})?")
    return Itu(
        publishers=("ITU-T",),
        number=draw(number | number.map("{} bis".format) | pattern(r"D\.[1-9]\d\d R")),
        aliases=draw(parts(number)),
        edition=draw(st.sampled_from(["", "2", "13"])),
        supplements=tuple(draw(st.lists(made, max_size=2))),
        **draw(dates()),
    )


@st.composite
def itu_rs(draw: st.DrawFn) -> Designation:
    return Itu(
        publishers=("ITU-R",),
        number=draw(pattern(r"(BT|M|SM|SNG)\.[1-9]\d{0,3}") | DIGITS),
        edition=draw(st.sampled_from(["", "0", "12"])),
        parts=draw(st.sampled_from([(), ("5",), ("BL", "3")])),
        **draw(dates()),
    )


@st.composite
def ieees(draw: st.DrawFn) -> Designation:
    by = draw(st.sampled_from(["IEEE", "ANSI IEEE", "AIEE", "ANSI", "IEC IEEE", "ISO IEC IEEE"]))
    theirs = by.startswith("I") and by != "IEEE"
    stage = draw(st.sampled_from(["P", "CD", "FDIS"] if theirs else ["", "P"]))
    date = draw(dates())
    base = {"year": draw(MAYBE_YEAR)}
    fix = draw(st.none() | st.sampled_from(["Cor", "Amd"]))
    return Ieee(
        publishers=tuple(by.split()),
        type=draw(st.sampled_from(["", "Unapproved", "Approved"])) if stage == "P" else "",
        stage=stage,
        number=draw(pattern(r"[CN]?[1-9]\d{0,3}(\.\d{1,2})?(\.\d)?[a-z]{0,2}")),
        iteration=draw(pattern(r"\d(\.\d)?[A-Z]?")) if stage and draw(st.booleans()) else "",
        supplements=(Supplement(kind=fix, number=draw(PART), **date),) if fix else (),
        variant=draw(st.sampled_from(["", "Redline"])),
        **(base if fix else date),
    )


@st.composite
def w3cs(draw: st.DrawFn) -> Designation:
    day = draw(st.none() | st.dates(date(1994, 1, 1), date(2099, 12, 31)))
    return W3c(
        publishers=("W3C",),
        type=draw(st.sampled_from(["", "REC", "WD", "CR", "NOTE"])),
        number=draw(pattern(r"[a-z][a-z0-9]{1,8}(-[a-z]{5,8}){0,2}(-[0-9]\.[0-9])?")),
        year=day.year if day else None,
        month=day.month if day else None,
        day=day.day if day else None,
    )


@st.composite
def etsis(draw: st.DrawFn) -> Designation:
    date = draw(st.just({"year": None, "month": None}) | st.builds(_month, YEAR, MONTH))
    fixes = [("A", "Amd"), ("C", "Cor")]
    return Etsi(
        publishers=("ETSI",),
        type=draw(st.sampled_from(["EN", "TS", "TR", "GS", "ETS", "I-ETS", "GTS"])),
        number=draw(pattern(r"[1-9]\d{5}|(NFV-IFA|MEC|mWT|F5G) \d{3}|GSM 0\d\.\d\d")),
        parts=draw(parts()),
        supplements=tuple(
            Supplement(kind=kind, number=draw(PART))
            for _, kind in draw(st.lists(st.sampled_from(fixes), max_size=2))
        ),
        edition=draw(pattern(r"(V\d\.\d{1,2}\.\d|ed\.\d)?")),
        **date,
    )


def _month(year: int, month: int) -> dict[str, Any]:
    return {"year": year, "month": month}


@st.composite
def jises(draw: st.DrawFn) -> Designation:
    kind = draw(st.sampled_from(["", "TR", "TS"]))
    added = st.builds(
        lambda kind, number, year: Supplement(kind=kind, number=number, year=year),
        st.sampled_from(["AMENDMENT", "CORRIGENDUM"]),
        PART,
        MAYBE_YEAR,
    )
    return Jis(
        publishers=("JIS",),
        type=kind,
        number=draw(pattern(r"[ABCXZ]\d{4,5}")),
        parts=draw(parts()),
        year=draw(YEAR if kind else MAYBE_YEAR),
        supplements=tuple(draw(st.lists(added, max_size=2))),
        variant=draw(st.sampled_from(["", "51560", "JE210"])),
    )


@st.composite
def oimls(draw: st.DrawFn) -> Designation:
    more = [
        (),
        (Supplement(kind="Errata"),),
        (Supplement(kind="Annex", number="B-C"),),
        (Supplement(kind="Amendment", year=2006, included=True),),
        (Supplement(kind="Errata"), Supplement(kind="Amendment", year=2006)),
    ]
    return Oiml(
        publishers=("OIML",),
        type=draw(st.sampled_from("RDBGVES")),
        number=draw(PART),
        parts=draw(parts(PART | st.sampled_from(["A", "sup", "GUM 6"]))),
        year=draw(MAYBE_YEAR),
        supplements=draw(st.sampled_from(more)),
        language=draw(st.sampled_from(["", "E", "F", "PE"])),
    )


@st.composite
def standards_of_china(draw: st.DrawFn) -> Designation:
    owner = draw(st.sampled_from(["GB", "YY", "JJF", "DB33", "DB3301", "T/ZZB", "Q/GDW", "DB"]))
    kind = "" if "/" in owner else draw(st.sampled_from(["", "T", "Z"]))
    known = kind or len(owner) > 2 or owner == "GB"
    changed = draw(st.none() | PART)
    return Chinese(
        publishers=(owner,),
        type=kind,
        number=draw(pattern(r"\d{1,5}[A-Z]?")),
        parts=draw(parts(PART | st.just("1990"))),
        year=draw(MAYBE_YEAR if known else YEAR),
        supplements=(
            (Supplement(kind="XG", number=changed, year=draw(MAYBE_YEAR)),) if changed else ()
        ),
    )


@st.composite
def nists(draw: st.DrawFn) -> Designation:
    edition = draw(st.sampled_from(["", "r5", "e2", "ver2", "ver1.1", "r1a", "e", "r"]))
    bare = edition in ("e", "r")
    dated = bare or (not edition and draw(st.booleans()))
    stage = draw(st.sampled_from(["", "", "pd", "draft"]))
    added = [
        (),
        (Supplement(kind="upd", number="1", year=2023, month=2, included=True),),
        (Supplement(kind="sup", number="2"), Supplement(kind="pt", number="2")),
        (Supplement(kind="sup", year=1926, month=3),),
        (Supplement(kind="add"),),
    ]
    return Nist(
        publishers=(draw(st.sampled_from(["NIST", "NBS"])),),
        type=draw(st.sampled_from(["SP", "TN", "HB", "FIPS", "MONO", "CRPL-F-A"])),
        number=draw(pattern(r"[1-9]\d{0,3}(-[1-9]\d{0,2}[ABCG]?)?")),
        volume=draw(st.sampled_from(["", "", "1", "3B"])),
        parts=draw(st.sampled_from([(), (), ("1",), ("sec3",)])),
        edition=edition,
        stage=stage,
        iteration=draw(st.sampled_from(["i", "f", "2"])) if stage == "pd" else "",
        supplements=draw(st.sampled_from(added)),
        language=draw(st.sampled_from(["", "", "spa", "por"])),
        year=draw(YEAR) if dated else None,
        month=draw(st.none() | MONTH) if bare else None,
    )


@st.composite
def documents_of_iec(draw: st.DrawFn) -> Designation:
    committee = draw(st.sampled_from(["65", "86C", "CIS/A", "CISPR", "SyCAAL", "SMB", "SEG9"]))
    return IecDocument(
        publishers=("IEC",),
        type=draw(st.sampled_from(["CC", "CDV", "FDIS", "RVD"])),
        number=f"{committee}/{draw(pattern(r'[1-9]{1,4}[AB]?'))}",
        language=draw(st.sampled_from(["", "F"])),
    )


@st.composite
def systems_of_iec(draw: st.DrawFn) -> Designation:
    edition = draw(st.sampled_from(["A", "v2", "v5B2", "C"]))
    return IecSystem(
        publishers=(draw(st.sampled_from(["IECEE", "IECEx"])),),
        type="TRF",
        number=draw(pattern(r"(CISPR )?[1-9]\d{1,4}")),
        parts=draw(parts()),
        edition=edition,
        variant=draw(st.sampled_from(["", "EMC", "DS"])),
        year=draw(MAYBE_YEAR),
    )


CCSDS = st.builds(
    lambda number, color, edition, silver, cor: Ccsds(
        publishers=("CCSDS",),
        number=number,
        type=color,
        edition=edition,
        variant=silver,
        supplements=(Supplement(kind="Cor", number="1"),) if cor else (),
    ),
    pattern(r"[A-B]?[1-9]\d{1,2}\.\d"),
    st.sampled_from("BGMOY"),
    st.sampled_from(["1", "12"]),
    st.sampled_from(["", "S"]),
    st.booleans(),
)
DIRECTIVES = st.builds(
    lambda number, year, by, added, joined: Directives(
        publishers=("ISO", "IEC"),
        type="DIR",
        number=number,
        year=year,
        supplements=(Supplement(kind=f"{by} SUP", year=added, included=joined),) if by else (),
    ),
    st.sampled_from("12"),
    MAYBE_YEAR,
    st.sampled_from(["", "ISO", "IEC", "JTC 1"]),
    MAYBE_YEAR,
    st.booleans(),
)
LETTERS = st.builds(
    lambda agency, number, year: ChineseDocument(publishers=(agency,), number=number, year=year),
    st.sampled_from(["国市监标技", "市监标准函", "浙政办发"]),
    DIGITS,
    YEAR,
)
OGCS = st.builds(
    lambda number, edition: Ogc(publishers=("OGC",), number=number, edition=edition),
    pattern(r"\d\d-\d{3}"),
    pattern(r"(r\d{1,2}a?|c1|a)?"),
)
FAMILIES = [isos(), itu_ts(), itu_rs(), ieees(), w3cs(), etsis(), jises(), oimls()]
FAMILIES += [nists(), documents_of_iec(), systems_of_iec(), CCSDS, DIRECTIVES]
ANY = st.one_of(*FAMILIES, standards_of_china(), LETTERS, OGCS)


@given(ANY)
def test_printed_designations_are_parsed_back(designation: Designation) -> None:
    assert parse(str(designation)) == designation


@given(ANY, st.sampled_from(["—", "–", "－", "-"]), st.booleans())
def test_case_width_and_dashes_are_ignored(designation: Designation, dash: str, wide: bool) -> None:
    text = str(designation).replace("—", "-").replace("-", dash)
    if wide:
        text = text.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})
    found, lowered = parse(text), parse(text.lower())
    assert found == designation
    assert lowered is not None
    assert lowered.key == designation.key


@given(ANY)
def test_undated_designations_fit_every_edition(designation: Designation) -> None:
    bare = undated(designation)
    assert same(bare, designation)
    assert fits(bare, designation)
    assert undated(bare) == bare
    assert same(designation, designation)
    assert fits(designation, designation)


@given(st.lists(ANY, min_size=2, max_size=9))
def test_paths_are_ascii_and_never_collide(designations: list[Designation]) -> None:
    paths = {iri_path(one) for one in designations}
    assert len(paths) == len({one.key for one in designations})
    assert all(path.isascii() and " " not in path and "//" not in path for path in paths)


@given(isos())
def test_urns_are_parsed_back_without_the_year(designation: Designation) -> None:
    text = urn(designation)
    if text is None:
        return
    bare = replace(designation, year=None, month=None)
    added = tuple(replace(one, month=None) for one in bare.supplements)
    assert parse(text) == replace(bare, supplements=added)


@given(st.text() | ANY.map(str).flatmap(lambda text: st.text(alphabet=text, max_size=40)))
def test_no_text_raises_and_printing_is_stable(text: str) -> None:
    found = parse(text)
    if found is not None:
        assert parse(str(found)) == found
        assert str(parse(str(found))) == str(found)
        assert iri_path(found).isascii()


ISO_SIGNS = st.lists(
    st.sampled_from(["ISO", "/", "IEC", " ", "9001", ":", "-", "1", "2015", "Amd", "D", "TR", "."]),
    max_size=12,
).map("".join)


@given(
    ISO_SIGNS
    | st.lists(st.sampled_from(["GB", "/T", "T/", " ", "1", ".", "-", "2020"])).map("".join)
)
def test_parsed_texts_print_and_parse_again(text: str) -> None:
    found = parse(text)
    if found is not None:
        assert parse(str(found)) == found


@given(ANY)
def test_changed_agrees_with_dataclasses_replace(designation: Designation) -> None:
    fields_: dict[str, Any] = {"year": 1999, "parts": ("1",), "supplements": (), "variant": ""}
    before = replace(designation)
    other = changed(designation, **fields_)
    assert (other, designation) == (replace(designation, **fields_), before)
    assert type(other) is type(designation)
    assert hash(other) == hash(replace(designation, **fields_))


@given(st.text(st.sampled_from("Aa1２ -_.~/%:+é\t\u3000—〔国\x1c"), max_size=20))
def test_fast_paths_of_cleaning_and_escaping_agree(text: str) -> None:
    escaped = quote(text.casefold(), safe=" ").replace("_", "%5F").replace(" ", "_")
    assert segment(text) == escaped
    marked = re.sub("[™®\u200b-\u200f\ufeff]", "", unicodedata.normalize("NFKC", text))
    dashed = re.sub(r"\s+", " ", re.sub("—+", "-", marked)).strip()
    spaced = re.sub(r" ?- ?(?=\d{4}\b)", "-", dashed)
    assert clean(text) == re.sub(r" ?([:/+〔〕]) ?", r"\1", spaced)
