"""Counts how many designations planted in prose of five languages are found again, and how exactly.

    python -m benchmarks.scanning FOLDER [--store STORE]

FOLDER holds lists of designations, ``FAMILY.NAME.txt`` with one on each line. Each is planted in a
sentence of ``scanning.yaml``, with a sentence without any before it; those of a list take all
sentences in turn. A reference is right if its span is that of the designation. The columns are the
designations planted, those found, and what was found besides: in a wrong span, and where there is
nothing. Then precision and recall, all misses, and the time for a text of a hundred pages, with
that of a plain regular expression for three bodies as the limit; with a folder of stores, also that
of ``kg scan`` for the same pages as text, Word and PDF.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Final

import docx
import yaml

from benchmarks import measure
from benchmarks.designations import lines
from kg.scanning.passages import Passage
from kg.scanning.references import find_references
from tests.scanning.samples import make_pdf

_SENTENCES: Final = Path(__file__).with_name("scanning.yaml")
_PLAIN: Final = re.compile(r"\b(?:ISO|IEC|GB)(?:/[A-Z]+)*\s?\d+(?:[-.]\d+)*(?:[:—-]\d{4})?")
_PAGE: Final = 3_000
"""Characters of a page."""


@dataclass
class Counts:
    """Counts of one list; ``misses`` have what was found instead."""

    planted: int = 0
    found: int = 0
    wrong: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)


def plant(designations: Iterator[str]) -> Iterator[tuple[str, str, int]]:
    """Yield for each designation the text that it is planted in, and its place there."""
    languages = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    kinds = [
        (phrase, distractor)
        for language in languages.values()
        for phrase, distractor in zip(
            language["phrases"], cycle(language["distractors"]), strict=False
        )
    ]
    turns = max(len(language["distractors"]) for language in languages.values())
    for at, designation in enumerate(designations):
        phrase, _ = kinds[at % len(kinds)]
        language = next(each for each in languages.values() if phrase in each["phrases"])
        distractor = language["distractors"][
            (at // len(kinds) + at) % turns % len(language["distractors"])
        ]
        begin = f"{distractor} "
        yield designation, begin + phrase.format(designation), len(begin) + phrase.index("{}")


def count(file: Path) -> Counts:
    """Plant the designations of a list and count those found again."""
    counts = Counts()
    for designation, text, start in plant(lines(file)):
        spans = {(r.start, r.end): r.text for r in find_references([Passage(text, 1)])}
        span = (start, start + len(designation))
        counts.planted += 1
        counts.found += span in spans
        wrong = [written for found, written in spans.items() if found != span]
        counts.wrong += len(wrong)
        if wrong or span not in spans:
            counts.misses.append((designation, " | ".join(wrong) or "nothing"))
    return counts


def main() -> None:
    """Print a table of the lists in a folder, the misses, and the time for a hundred pages."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    folder = options.folder
    files = sorted(folder.glob("*.txt"))
    counted = {file.stem: count(file) for file in files}
    print(f"{'list':32}{'planted':>9}{'found':>9}{'wrong':>7}")
    for name, counts in counted.items():
        print(f"{name:32}{counts.planted:>9,}{counts.found:>9,}{counts.wrong:>7,}")
    planted = sum(counts.planted for counts in counted.values())
    found = sum(counts.found for counts in counted.values())
    wrong = sum(counts.wrong for counts in counted.values())
    print(f"{'all':32}{planted:>9,}{found:>9,}{wrong:>7,}")
    print(f"\nprecision {found / (found + wrong):.4f}   recall {found / planted:.4f}\n")
    for name, counts in counted.items():
        for designation, instead in counts.misses:
            print(f"  {name}: {designation}  ->  {instead}")
    text, pages = _hundred_pages(files), 100
    passages = [Passage(line, at) for at, line in enumerate(text.splitlines(), 1)]
    ours = measure.calls(lambda: find_references(passages), 3)
    plain = measure.calls(lambda: [_PLAIN.findall(passage.text) for passage in passages], 3)
    print(f"\n{pages} pages, {len(text):,} characters: {ours.cpu:.2f} s; plain {plain.cpu:.3f} s")
    if options.store:
        _time_files(text, options.store)


def _time_files(text: str, store: Path) -> None:
    """Print the seconds of the command for a text of a hundred pages in files of several kinds."""
    lines = [line for paragraph in text.splitlines() for line in textwrap.wrap(paragraph, 90)]
    size = -(-len(lines) // 100)
    document = docx.Document()
    for paragraph in text.splitlines():
        document.add_paragraph(paragraph)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_text(text, encoding="utf-8")
        document.save(str(folder / "a.docx"))
        pages = [lines[at : at + size] for at in range(0, len(lines), size)]
        make_pdf(folder / "a.pdf", pages)
        for kind in ("txt", "docx", "pdf"):
            arguments = ("scan", folder / f"a.{kind}", "--format", "csv", "-o", folder / "a.csv")
            cost = measure.kg(*arguments, store=store, rounds=3)
            print(f"kg scan of {kind:5}{cost.wall:6.2f} s, CPU {cost.cpu:.2f} s")


def _hundred_pages(files: list[Path]) -> str:
    """Return a text of a hundred pages, with one designation in a sentence in five."""
    size, texts = 0, list[str]()
    everything = [line for file in files for line in lines(file)]
    every = max(1, len(everything) // (100 * _PAGE // 400))
    languages = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    others = cycle([d for language in languages.values() for d in language["distractors"]])
    for _, text, _ in plant(cycle(everything[::every])):
        paragraph = " ".join([text, *(next(others) for _ in range(3))])
        texts.append(paragraph)
        size += len(paragraph)
        if size > 100 * _PAGE:
            break
    return "\n".join(texts)


if __name__ == "__main__":
    main()
