"""Lists of designations as they are really written, by family."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import designations
from tests.support import DESIGNATIONS

LEAST = 0.99
# Lines that nobody could parse: titles, several documents, and misprints.
BROKEN = ("ieee.pubid-to-parse",)


def test_families_are_parsed_and_printed_back() -> None:
    if not DESIGNATIONS.is_dir():
        pytest.skip(f"no lists at {DESIGNATIONS}: they may not be shipped")
    counts = designations.count(DESIGNATIONS)
    assert counts
    short = {
        name: "\n".join(f"{n} like {counted.examples[form]}" for form, n in counted.failed.items())
        for name, counted in counts.items()
        if name not in BROKEN and counted.back < LEAST * counted.read
    }
    assert not short, "\n".join(f"{name}:\n{forms}" for name, forms in short.items())


def test_lists_are_counted_by_family(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        "# a comment",
        "",
        "NIST SP 800-53 Rev. 5",
        "NIST SP 800-39 # note",
        "NIST SP sometime",
    ]
    (tmp_path / "nist.some.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "iso.non-iso-identifiers.txt").write_text("EN 1\nISO 1\n", encoding="utf-8")
    designations.main(tmp_path)
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["nist.some", "3", "66.67%", "66.67%", "33.33%"] in table
    assert ["iso.non-iso-identifiers", "2", "50.00%", "50.00%", "50.00%"] in table
    assert ["all", "5", "60.00%", "60.00%", "40.00%"] in table
    assert ["1", "NIST", "SP", "sometime"] in table
    assert ["1", "ISO", "1"] in table
