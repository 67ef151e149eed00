"""The data to measure with: real catalogues, or generated ones of the same shape."""

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
"""Triples of a generated document after a build, on average."""


@dataclass(frozen=True)
class Workload:
    """Sources to build, the folder of stores to build them in, and a folder for other files.

    ``rounds`` is how often short operations are repeated; ``without_peers`` leaves out limits and
    peers.
    """

    sources: tuple[Path, ...]
    store: Path
    folder: Path
    rounds: int
    without_peers: bool = False


def real_catalogues(folder: Path, quick: bool) -> tuple[Path, ...]:
    """Return the paths of the catalogues in a folder; of only a few small ones if ``quick``."""
    names = ("ogc", "oiml", "sdo") if quick else tuple(_repository_names(folder))
    repositories = tuple(folder / "relaton" / f"relaton-data-{name}.tar.zst" for name in names)
    iso = folder / "iso-open-data"
    return (*repositories, iso / "iso_technical_committees.csv", iso / "ICS.xml")


def _repository_names(folder: Path) -> Iterator[str]:
    for file in sorted((folder / "relaton").glob("*.tar.zst")):
        yield file.name.removeprefix("relaton-data-").removesuffix(".tar.zst")


def generate(folder: Path, triples: int) -> tuple[Path, ...]:
    """Write a reproducible Relaton repository of about ``triples`` triples; return its path."""
    repository = folder / "relaton-data-iso"
    data = repository / "data"
    data.mkdir(parents=True)
    rng, words = random.Random(SEED), _WORDS.split()
    for number in range(1, triples // _TRIPLES // 2 + 1):
        year = rng.randrange(1970, 2010)
        title = " ".join(rng.choices(words, k=6)).capitalize()
        for edition, edition_year in ((1, year), (2, year + rng.randrange(3, 15))):
            text = _DOCUMENT.format(
                number=number,
                year=edition_year,
                month=rng.randrange(1, 13),
                title=title,
                edition=edition,
                stage="60" if edition > 1 else "95",
                substage="60" if edition > 1 else "99",
                field=rng.choice(_FIELDS),
                committee=rng.randrange(1, 340),
                relation=_RELATION.format(number=number, year=year) if edition > 1 else "",
            )
            (data / f"iso-{number}-{edition_year}.yaml").write_text(text, encoding="utf-8")
    return (repository,)
