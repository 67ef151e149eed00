"""A source is read when needed, and no part of it twice."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.common.errors import SourceError
from kg.sources.archives.tar import TarReader
from kg.sources.archives.zip import ZipReader
from kg.sources.source import Form, Source, SourceState, named_slug
from tests.sources.archives.test_archives import FILES, FORMS


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts how often archives are opened and folders listed."""
    counts: Counter[str] = Counter()

    def count(owner: object, name: str, key: str) -> None:
        original: Callable[..., object] = getattr(owner, name)

        def counting(*arguments: object) -> object:
            counts[key] += 1
            return original(*arguments)

        monkeypatch.setattr(owner, name, counting)

    count(TarReader, "_open", "archive")
    count(ZipReader, "_open", "archive")
    count(os, "scandir", "folder")
    return counts


@pytest.mark.parametrize("form", FORMS)
def test_names_day_and_digest_take_one_pass(
    tmp_path: Path, form: str, opened: Counter[str]
) -> None:
    source = Source.open(FORMS[form](tmp_path, ""))
    assert not opened
    for _ in range(2):
        assert source.digest
        assert source.snapshot
        assert source.names == tuple(FILES)
        assert not source.skipped
    # FILES are in three folders.
    assert opened == ({"folder": 3} if form == "folder" else {"archive": 1})


def test_the_form_is_found_when_a_source_is_opened(tmp_path: Path) -> None:
    forms = {name: Source.open(make(tmp_path, "r/")).form for name, make in FORMS.items()}
    assert forms.pop("folder") is Form.FOLDER
    assert forms.pop(".zip") is Form.ZIP
    assert set(forms.values()) == {Form.TAR}
    assert Source.open(tmp_path / "r" / "README.md").form is Form.FILE
    (tmp_path / "r" / ".git").mkdir()
    assert Source.open(tmp_path / "r").form is Form.GIT


def test_an_unchanged_archive_keeps_its_day_unread(tmp_path: Path, opened: Counter[str]) -> None:
    source = Source.open(FORMS[".tar.gz"](tmp_path, ""))
    previous = SourceState(source.digest, "2001-02-03")
    assert source.state(previous) == previous
    assert not opened
    newer = SourceState(source.digest, "2023-11-14")
    assert source.state(SourceState("0", "2001-02-03")) == newer


def test_a_stated_day_is_that_of_unchanged_content(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("id\n1\n", encoding="utf-8")
    source = Source.open(file)
    stated = source.state(day="2001-02-03")
    assert (stated.snapshot, stated.stated) == ("2001-02-03", True)
    assert source.state(stated) == stated
    assert source.state(stated, "2002-02-02").snapshot == "2002-02-02"
    file.write_text("id\n2\n", encoding="utf-8")
    changed = Source.open(file).state(stated)
    assert (changed.snapshot, changed.stated) == (source.snapshot, False)


def test_a_name_is_given_by_the_user() -> None:
    assert named_slug("ISO committees 2025") == "iso-committees-2025"
    for name, fault in (("entities", "is reserved"), ("委员会", "has no letters"), ("", "has no")):
        with pytest.raises(SourceError, match=fault):
            named_slug(name)


def test_a_missing_source_keeps_its_state_and_has_no_files(tmp_path: Path) -> None:
    source = Source.missing(tmp_path / "none", "none")
    previous = SourceState("0", "2001-02-03")
    assert source.state(previous) == previous
    with pytest.raises(SourceError, match="no such file"):
        _ = source.names
