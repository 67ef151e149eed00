"""A build that is killed when it reaches a moment: the start of a step, or before a change on disk.

It prints the moments that it reaches, each once. With a folder in place of a moment it isn't
killed, but copies its folder there at each moment: a process that is killed leaves no more.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from pathlib import Path

from kg.pipeline.build import CatalogueSelection, build

_CHANGES = ("write", "os.mkdir", "os.rename", "os.remove", "shutil.rmtree")
_VARIABLE = ("[0-9a-fTZ-]{16,}", "[0-9]{3,}", "[^/]+(?=[.]npy)")
"""Parts of paths that differ from build to build, or of which there are many alike."""


def main() -> None:
    """Build in a folder: arguments are the folder, the moment, ``again`` or nothing, sources."""
    folder, moment, again, *sources = sys.argv[1:]
    passed = set()

    def reached(name: str) -> None:
        if name not in passed:
            passed.add(name)
            print(name, flush=True)
            if Path(moment).is_dir():
                shutil.copytree(folder, Path(moment, str(len(passed) - 1)))
            if name == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    def operation(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
            event = "write"
        if event in _CHANGES and str(arguments[0]).startswith(folder):
            path = str(arguments[0]).removeprefix(folder)
            for pattern in _VARIABLE:
                path = re.sub(pattern, "*", path)
            reached(f"{event} {path}")

    sys.addaudithook(operation)
    selection = CatalogueSelection(tuple(map(Path, sources)))
    build(Path(folder), reached, selection, again=again == "again")


if __name__ == "__main__":
    main()
