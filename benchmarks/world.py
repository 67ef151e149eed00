"""What is measured: a store of real catalogues, or of generated ones of the same shape."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SEED: Final = 2019
_DOCUMENT: Final = """\
---
id: ISO{number}-{year}
title:
- content: {title}
  language:
  - en
  script:
  - Latn
  type: main
type: standard
docid:
- id: ISO {number}:{year}
  type: ISO
  primary: true
docnumber: '{number}'
date:
- type: published
  value: '{year}-{month:02}'
edition:
  content: '{edition}'
language:
- en
- fr
status:
  stage:
    content: '{stage}'
  substage:
    content: '{substage}'
contributor:
- organization:
    name:
    - content: International Organization for Standardization
    abbreviation:
      content: ISO
  role:
  - type: publisher
{relation}ext:
  doctype:
    content: international-standard
  ics:
  - code: {field}
  editorialgroup:
    technical_committee:
    - name: Committee {committee}
      number: {committee}
      type: TC
  structuredidentifier:
    project_number:
      content: ISO {number}
"""
_RELATION: Final = """\
relation:
- type: updates
  bibitem:
    id: ISO{number}-{year}
    formattedref:
      content: ISO {number}:{year}
    docid:
    - id: ISO {number}:{year}
      type: ISO
      primary: true
"""
_WORDS: Final = """
    quality management systems requirements information technology security safety of machinery
    plastics determination test method water road vehicles electrical steel rubber textiles
    aircraft ships documentation acoustics measurement guidance vocabulary part general
"""
_FIELDS: Final = ("01.040", "03.120.10", "13.020", "25.040", "35.240.63", "59.080", "83.080")
_TRIPLES: Final = 26
"""Of a document, as they come out of a build."""


@dataclass(frozen=True)
class World:
    """Sources to be built, and where.

    ``rounds`` is how often what takes little is measured; ``alone`` says that nobody else is.
    """

    sources: tuple[Path, ...]
    store: Path
    folder: Path
    rounds: int
    alone: bool = False


def real(shared: Path, quick: bool) -> tuple[Path, ...]:
    """The catalogues of a folder of data, or a few small ones of them."""
    names = ("ogc", "oiml", "sdo") if quick else tuple(_names(shared))
    found = tuple(shared / "relaton" / f"relaton-data-{name}.tar.zst" for name in names)
    iso = shared / "iso-open-data"
    return (*found, iso / "iso_technical_committees.csv", iso / "ICS.xml")


def _names(shared: Path) -> Iterator[str]:
    for file in sorted((shared / "relaton").glob("*.tar.zst")):
        yield file.name.removeprefix("relaton-data-").removesuffix(".tar.zst")


def generated(folder: Path, triples: int) -> tuple[Path, ...]:
    """A repository in the form of Relaton that makes about so many triples; the same each time."""
    home = folder / "relaton-data-iso"
    data = home / "data"
    data.mkdir(parents=True)
    chance, words = random.Random(SEED), _WORDS.split()
    for number in range(1, triples // _TRIPLES // 2 + 1):
        year = chance.randrange(1970, 2010)
        title = " ".join(chance.choices(words, k=6)).capitalize()
        for edition, when in ((1, year), (2, year + chance.randrange(3, 15))):
            text = _DOCUMENT.format(
                number=number,
                year=when,
                month=chance.randrange(1, 13),
                title=title,
                edition=edition,
                stage="60" if edition > 1 else "95",
                substage="60" if edition > 1 else "99",
                field=chance.choice(_FIELDS),
                committee=chance.randrange(1, 340),
                relation=_RELATION.format(number=number, year=year) if edition > 1 else "",
            )
            (data / f"iso-{number}-{when}.yaml").write_text(text, encoding="utf-8")
    return (home,)
