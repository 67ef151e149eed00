"""Organizations and committees that lists name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.identifiers import committees, iris
from kg.sources.rdf_terms import naming_lines, node, term
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_COMMITTEE: Final = re.compile(
    r"[(\[]?(?<![A-Za-z/])((?:SAC|ISO|IEC|ISO/IEC)[/ ]?)?"
    r"((?:JTC|TC|SWG)[ -]?\d+(?:/SC[ -]?\d+)?(?:/WG[ -]?\d+)?)[)\]]?",
    re.IGNORECASE,
)
_NATIONAL: Final = "全国"
"""How the names of SAC's committees begin; those of provinces and sectors count on their own."""
_ICS_NAMES: Final = (
    ("International Classification for Standards", "en"),
    ("国际标准分类法", "zh"),
)
_CCS_NAMES: Final = (
    ("Chinese Classification for Standards", "en"),
    ("中国标准文献分类法", "zh"),
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_KANA: Final = re.compile("[\u3040-\u30ff]")

Named = tuple[EncodedTerm, tuple[str, ...]]
"""A thing that a row names: its term, and the statements that introduce it."""


def language_of(text: str) -> str | None:
    """Return the language of a text in Han characters or kana; None for other scripts.

    >>> language_of("质量管理体系"), language_of("品質マネジメント"), language_of("Quality") is None
    ('zh', 'ja', True)
    """
    if _KANA.search(text):
        return "ja"
    return "zh" if _HAN.search(text) else None


@lru_cache(maxsize=65536)
def organization(name: str) -> Named:
    """Return an organization with a name in full."""
    iri = iris.organization(name)
    subject = node(iri)
    if not iri.startswith(iris.organization("")):
        # The curated part of the graph describes it.
        return subject, ()
    label = ntriples.encode_literal(name, language_of(name))
    return subject, (
        ntriples.encode_triple(subject, term("rdf:type"), term("std:Organization")),
        ntriples.encode_triple(subject, term("skos:prefLabel"), label),
    )


@lru_cache(maxsize=16384)
def committee(text: str) -> Named:
    """Return the committee that a text names, by number (``SAC/TC 151``) or by name only.

    >>> [committee(text)[0].rpartition("/")[2] for text in ("全国甲委员会 TC 12", "ZJ/TC 12")]
    ['12>', 'zj%2Ftc_12>']
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    match = _COMMITTEE.search(plain)
    name = _COMMITTEE.sub("", plain).strip(" ,，:：-—、")
    owner = (match[1] or "").strip(" /") if match else ""
    if match and not owner and name.startswith(_NATIONAL):
        owner = "SAC"
    parsed = committees.parse(f"{owner}/{match[2]}") if match and owner else None
    if match is None or parsed is None:
        return organization(text)
    iri = iris.committee(parsed)
    subject = node(iri)
    lines = list(naming_lines(iri, str(parsed)))
    lines.append(ntriples.encode_triple(subject, term("rdf:type"), term("std:TechnicalCommittee")))
    if name and (language := language_of(name)):
        title = ntriples.encode_literal(name, language)
        lines.append(ntriples.encode_triple(subject, term("dcterms:title"), title))
    upper = parsed.parent
    parents = [iris.committee(upper)] if upper else [iris.body(each) for each in parsed.owners]
    lines += [
        ntriples.encode_triple(subject, term("std:partOf"), node(parent)) for parent in parents
    ]
    if upper is not None:
        lines += committee(str(upper))[1]
    return subject, tuple(lines)


@lru_cache(maxsize=4096)
def international_class(code: str) -> Named:
    """Return a class of the International Classification for Standards, with those above it.

    The catalogue of the classification gives their names.
    """
    subject, scheme = node(iris.ics(code)), node(iris.ICS)
    lines = [
        ntriples.encode_triple(subject, term("rdf:type"), term("skos:Concept")),
        ntriples.encode_triple(subject, term("skos:notation"), ntriples.encode_literal(code)),
        ntriples.encode_triple(subject, term("skos:inScheme"), scheme),
    ]
    above = code.rpartition(".")[0]
    if above:
        broader, others = international_class(above)
        lines += [ntriples.encode_triple(subject, term("skos:broader"), broader), *others]
    else:
        lines += _scheme(scheme, _ICS_NAMES)
    return subject, tuple(lines)


@lru_cache(maxsize=4096)
def national_class(code: str) -> Named:
    """Return a class of the Chinese Classification for Standards (CCS)."""
    iri = iris.national_classification(code)
    subject, scheme = node(iri), node(iris.CCS)
    return subject, (
        ntriples.encode_triple(subject, term("rdf:type"), term("skos:Concept")),
        ntriples.encode_triple(
            subject, term("skos:prefLabel"), ntriples.encode_literal(f"CCS {code}")
        ),
        ntriples.encode_triple(subject, term("skos:inScheme"), scheme),
        *_scheme(scheme, _CCS_NAMES),
    )


def _scheme(scheme: EncodedTerm, names: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield ntriples.encode_triple(scheme, term("rdf:type"), term("skos:ConceptScheme"))
    for name, language in names:
        label = ntriples.encode_literal(name, language)
        yield ntriples.encode_triple(scheme, term("skos:prefLabel"), label)
