"""A build reads only the changed files of a folder, and all of them with --again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.pipeline.build import CatalogueSelection, build
from kg.sources.archives import files, folder_digest
from tests.support import WORLD

OGC = "relaton-data-ogc"


def test_a_build_reads_what_changed(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[Path] = []
    original = files.hash_file

    def hash_file(file: Path) -> object:
        hashed.append(file)
        return original(file)

    monkeypatch.setattr(files, "hash_file", hash_file)
    monkeypatch.setattr(folder_digest, "_TICK", -(10**12))
    store, source = tmp_path / "store", tmp_path / OGC
    shutil.copytree(built, store)
    shutil.copytree(WORLD / OGC, source)
    every = {path for path in source.rglob("*") if path.is_file()}
    first = build(store, selection=CatalogueSelection((source,)))
    assert set(hashed) == every
    hashed.clear()
    assert build(store).catalogues[0].digest == first.catalogues[0].digest
    assert hashed == []
    build(store, again=True)
    assert set(hashed) == every
    [kept] = (store / "converted").glob("*.files.zst")
    assert kept.name == f"{OGC}.files.zst"
    build(store, selection=CatalogueSelection(drop=(OGC,)))
    # The graph before still has the source.
    build(store, again=True)
    assert not kept.exists()
