"""Random designations of national, regional and other bodies: parsing inverts printing."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import Designation, Supplement, fits, iri_path, parse, same, undated
from kg.identifiers.adoptions import adoption
from kg.identifiers.bodies import BODIES
from kg.identifiers.bodies.american import American
from kg.identifiers.bodies.astm import Astm
from kg.identifiers.bodies.bipm import Bipm, Metrologia
from kg.identifiers.bodies.canadian import Canadian
from kg.identifiers.bodies.cie import Cie
from kg.identifiers.bodies.ecma import Ecma
from kg.identifiers.bodies.european import European
from kg.identifiers.bodies.gost import Gost
from kg.identifiers.bodies.ietf import Ietf
from kg.identifiers.bodies.korean import Korean
from kg.identifiers.bodies.maritime import Iala, Iho
from kg.identifiers.bodies.national import National
from kg.identifiers.bodies.oasis import Oasis
from kg.identifiers.bodies.sae import Sae
from kg.identifiers.bodies.threegpp import ThreeGpp

YEAR = st.integers(1970, 2029)
MAYBE_YEAR = st.none() | YEAR
MONTH = st.integers(1, 12)
DIGITS = st.integers(1, 29999).map(str)
PART = st.integers(1, 299).map(str)


@cache
def pattern(regex: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(regex, re.ASCII), fullmatch=True)


def parts(most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(PART, max_size=most).map(tuple)


@st.composite
def dates(draw: st.DrawFn) -> dict[str, Any]:
    year = draw(MAYBE_YEAR)
    return {"year": year, "month": draw(st.none() | MONTH) if year else None}


@st.composite
def amendments(draw: st.DrawFn) -> tuple[Supplement, ...]:
    one = st.builds(
        lambda kind, number, stage, included, date: Supplement(
            kind=kind, number=number, stage=stage, included=included, **date
        ),
        st.sampled_from(["Amd", "Cor", "ISH"]),
        st.integers(1, 19).map(str),
        st.sampled_from(["", "", "pr", "Fpr"]),
        st.booleans(),
        dates(),
    )
    return tuple(draw(st.lists(one, max_size=2)))


@st.composite
def europeans(draw: st.DrawFn) -> Designation:
    by, kind = draw(
        st.sampled_from(
            [
                ("EN", ""),
                ("EN ISO", ""),
                ("EN ISO IEC", ""),
                ("EN IEC", ""),
                ("CEN", "TS"),
                ("CEN CLC", "TR"),
                ("CEN ISO", "TS"),
                ("CLC", "Guide"),
                ("CWA", ""),
                ("ENV", ""),
            ]
        )
    )
    return European(
        publishers=tuple(by.split()),
        type=kind,
        stage=draw(st.sampled_from(["", "pr", "Fpr"])),
        number=draw(DIGITS),
        parts=draw(parts()),
        supplements=draw(amendments()),
        **draw(dates()),
    )


@st.composite
def nationals(draw: st.DrawFn) -> Designation:
    code = draw(st.sampled_from(["BS", "DIN", "NEN", "UNE", "SS", "AS/NZS", "NF", "ONORM", "NBR"]))
    adopted = draw(st.sampled_from(["EN", "EN ISO", "ISO", "ISO IEC", ""]))
    letters = draw(pattern("[A-DF-Z]")) if code in ("NF", "ONORM") and not adopted else ""
    drafts = ["", "pr"] if "EN" in adopted else [""]
    # A number of Sweden's own isn't known by its code.
    adopted = "EN ISO" if code == "SS" else adopted
    return National(
        publishers=(code, *adopted.split()),
        stage=draw(st.sampled_from([*drafts, *(["E"] if code == "DIN" else [])])),
        number=letters + draw(DIGITS),
        parts=draw(parts()),
        supplements=draw(amendments()),
        **draw(dates()),
    )


@st.composite
def gosts(draw: st.DrawFn) -> Designation:
    code = draw(st.sampled_from(["GOST", "GOST R", "PNST", "STB", "ST RK", "DSTU"]))
    adopted = draw(st.sampled_from(["", "ISO", "IEC", "ISO IEC", "EN"]))
    numbers = DIGITS if adopted else pattern(r"[1-9]\d{0,4}(\.[1-9]\d{0,2}){0,3}")
    return Gost(
        publishers=(code, *adopted.split()),
        number=draw(numbers),
        # A part from 85 on is taken for a year.
        parts=draw(st.lists(st.integers(1, 84).map(str), max_size=2).map(tuple)) if adopted else (),
        year=draw(MAYBE_YEAR),
    )


@st.composite
def koreans(draw: st.DrawFn) -> Designation:
    adopted = draw(st.sampled_from(["", "ISO", "IEC", "ISO IEC"]))
    kind = draw(st.sampled_from(["", " TS", " TR"])) if adopted else ""
    return Korean(
        publishers=("KS", *adopted.split()),
        type=draw(pattern("[ABCQX]")) + kind,
        number=draw(DIGITS if adopted else pattern(r"\d{4}")),
        parts=draw(parts()),
        **draw(dates()),
    )


@st.composite
def astms(draw: st.DrawFn) -> Designation:
    number = draw(pattern(r"[A-G][1-9]\d{0,3}"))
    year = draw(MAYBE_YEAR)
    edition = f"{year % 100:02}" + draw(pattern(r"[a-d]?(\(20[0-2]\d\))?(e[1-9])?")) if year else ""
    return Astm(
        publishers=("ASTM",),
        number=number,
        aliases=draw(st.sampled_from([(), (f"{number}M",)])),
        year=year,
        edition=edition,
    )


@st.composite
def americans(draw: st.DrawFn) -> Designation:
    by, number = draw(
        st.sampled_from(
            [
                ("ANSI ASHRAE", r"\d{2}\.\d"),
                ("NISO", r"Z39\.\d\d"),
                ("ASME", r"[BY][1-9]\d\.\d"),
                ("UL", "[1-9]\\d{1,4}"),
                ("NFPA", "[1-9]\\d{1,3}"),
                ("ANSI AAMI", r"ST[1-9]\d"),
                ("ANSI ISO IEC", "[1-9]\\d{3,4}"),
                ("INCITS", "[1-9]\\d{2}"),
            ]
        )
    )
    year = draw(MAYBE_YEAR)
    return American(
        publishers=tuple(by.split()),
        number=draw(pattern(number)),
        parts=draw(parts(1)),
        year=year,
        edition=draw(st.sampled_from(["", "R2010", "S2022"])) if year else "",
    )


@st.composite
def threegpps(draw: st.DrawFn) -> Designation:
    edition = draw(pattern(r"(V\d\d?\.\d\d?\.\d\d?|Rel-1\d)?"))
    dated = draw(st.builds(lambda year, month: {"year": year, "month": month}, YEAR, MONTH))
    return ThreeGpp(
        publishers=("3GPP",),
        type=draw(st.sampled_from(["TS", "TR"])),
        number=draw(pattern(r"[23]\d\.\d{3}")),
        parts=draw(parts(1)),
        edition=edition,
        **(dated if draw(st.booleans()) else {}),
    )


@st.composite
def ecmas(draw: st.DrawFn) -> Designation:
    kind = draw(st.sampled_from(["", "TR", "MEM"]))
    dated = draw(st.builds(lambda year, month: {"year": year, "month": month}, YEAR, MONTH))
    return Ecma(
        publishers=("ECMA",),
        type=kind,
        number=draw(pattern(r"[1-9]\d{0,3}")),
        parts=() if kind else draw(st.sampled_from([(), ("1",), ("12",)])),
        edition=draw(pattern(r"([1-9]\d?|[1-9]\.\d)?")),
        **(dated if draw(st.booleans()) else {}),
    )


@st.composite
def bipms(draw: st.DrawFn) -> Designation:
    kind = draw(st.sampled_from(["RES", "REC", "DECN", "DECL", "ACT", "Meeting"]))
    least = 1 if kind == "Meeting" else 0
    return Bipm(
        publishers=(draw(st.sampled_from(["CGPM", "CIPM", "JCRB", "CCTF", "CCT"])),),
        type=kind,
        number=str(draw(YEAR)),
        parts=tuple(draw(st.lists(PART, min_size=least, max_size=2))),
        language=draw(st.sampled_from(["", "E", "F"])),
    )


RFCS = st.builds(
    lambda kind, number: Ietf(publishers=("IETF",), type=kind, number=number),
    st.sampled_from(["RFC", "BCP", "STD", "FYI"]),
    st.integers(1, 999).map(str),
)
DRAFTS = st.builds(
    lambda number, edition: Ietf(
        publishers=("IETF",), stage="draft", number=number, edition=edition
    ),
    pattern(r"ietf(-[a-z]{2,8}){2,3}"),
    pattern(r"\d\d"),
)
SAES = st.builds(
    lambda number, part, edition: Sae(
        publishers=("SAE",),
        number=number,
        parts=(part[1:],) if part else (),
        variant="/" if part.startswith("/") else "",
        edition=edition,
    ),
    pattern(r"(J|AS|AMS|ARP)[1-9]\d{3}"),
    pattern(r"([/-][1-9]\d?)?"),
    pattern("[A-Z]?"),
)
CSAS = st.builds(
    lambda number, parts_, year: Canadian(
        publishers=("CSA",), number=number, parts=parts_, year=year
    ),
    pattern(r"(Z[1-9]\d{2}(\.\d)?|C22\.2 No\. [1-9]\d{0,4})"),
    st.integers(1, 9).map(lambda part: (str(part),)) | st.just(()),
    MAYBE_YEAR,
)
CIES = st.builds(
    lambda kind, number, language, year: Cie(
        publishers=("CIE",), type=kind, number=number, language=language, year=year
    ),
    st.sampled_from(["", "S", "TN", "x"]),
    pattern(r"\d{3}|[1-9]\d(\.\d)?"),
    st.sampled_from(["", "E", "F"]),
    MAYBE_YEAR,
)
MARITIME = st.builds(
    lambda number, edition: Iho(publishers=("IHO",), number=number, edition=edition),
    pattern(r"[BCMPS]-[1-9]\d{0,2}"),
    pattern(r"(\d\.\d(\.\d)?)?"),
) | st.builds(
    lambda number, edition: Iala(publishers=("IALA",), number=number, edition=edition),
    pattern(r"[RGS]\d{4}"),
    pattern(r"(\d\.\d)?"),
)
OTHERS = st.builds(
    lambda number: Oasis(publishers=("OASIS",), number=number),
    pattern(r"[a-z]{2,8}-v[1-9]\.\d(-CS0[1-9])?"),
) | st.builds(
    lambda volume, issue: Metrologia(publishers=("Metrologia",), number=volume, parts=issue),
    st.integers(1, 99).map(str),
    st.sampled_from([(), ("3",), ("1A", "06002"), ("S", "1")]),
)
ANY = st.one_of(
    *(europeans(), nationals(), gosts(), koreans(), astms(), americans(), threegpps(), ecmas()),
    *(bipms(), RFCS, DRAFTS, SAES, CSAS, CIES, MARITIME, OTHERS),
)


@given(ANY)
def test_printed_designations_are_parsed_back(designation: Designation) -> None:
    assert parse(str(designation)) == designation


@given(ANY, st.sampled_from(["—", "–", "－", "-"]), st.booleans())
def test_case_width_and_dashes_are_ignored(designation: Designation, dash: str, wide: bool) -> None:
    text = str(designation).replace("-", dash)
    if wide:
        text = text.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})
    found, lowered = parse(text), parse(text.lower())
    assert found == designation
    if lowered is None:
        # "en 1973" is French and Spanish.
        assert re.fullmatch(r"EN \d+", str(designation))
    else:
        assert lowered.key == designation.key


@given(ANY)
def test_undated_designations_fit_every_edition(designation: Designation) -> None:
    bare = undated(designation)
    assert same(bare, designation)
    assert fits(bare, designation)
    assert undated(bare) == bare
    assert parse(str(bare)) == bare


@given(st.lists(ANY, min_size=2, max_size=9))
def test_paths_are_ascii_and_never_collide(designations: list[Designation]) -> None:
    paths = {iri_path(one) for one in designations}
    assert len(paths) == len({one.key for one in designations})
    assert all(path.isascii() and " " not in path and "//" not in path for path in paths)


@given(ANY)
def test_the_original_of_a_convention_has_no_year(designation: Designation) -> None:
    found = adoption(designation)
    if found is None:
        return
    assert (found.basis, found.degree, found.original.year) == ("convention", "", None)
    assert not found.original.supplements
    assert not same(found.original, designation)
    # What is adopted has the same number, in the notation of its own body.
    assert found.original.number in ("-".join((designation.number, *designation.parts)))


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "EN",
                "ISO",
                "IEC",
                "BS",
                "DIN",
                "GOST",
                "ГОСТ",
                "KS",
                "Q",
                "CEN",
                "/",
                " ",
                "-",
                ":",
            ),
            *(
                "TS",
                "9001",
                "1",
                "2015",
                "95",
                "A1",
                "AC",
                "+",
                "pr",
                "R",
                "(",
                ")",
                "ed",
                "V1.2.3",
            ),
            *("ANSI", "ASTM", "D", "RFC", "ECMA", "3GPP", "OASIS", "v", "draft", "ietf", ".", "st"),
        ]
    ),
    max_size=9,
).map("".join)
SIGNS = st.sampled_from([text for body in BODIES.values() for text in body.EXAMPLES]).flatmap(
    lambda text: st.text(alphabet=text, max_size=len(text) + 5)
)


@given(PIECES | SIGNS)
def test_no_text_raises_and_printing_is_stable(text: str) -> None:
    found = parse(text)
    adoption(text)
    if found is not None:
        assert parse(str(found)) == found
        assert iri_path(found).isascii()
