"""A server whose store is named by a file that a test writes: ``suite_server.py FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.web.pool import Settings
from kg.web.queue import Bounds
from kg.web.server import Address, serve
from kg.web.worker_process import ServedStore


def main(control: Path) -> None:
    """Serve the store whose folder is the content of a file."""

    def find() -> ServedStore:
        folder = control.read_text(encoding="utf-8")
        return ServedStore(Path(folder), folder)

    settings = Settings(timeout=20, memory=1 << 30, bounds=Bounds(places=1))
    serve(
        Address(port=0),
        find,
        settings,
        plain=True,
        listening=lambda url: print(f"listening on {url}", flush=True),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
