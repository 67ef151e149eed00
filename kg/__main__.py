"""The entry of the command ``kg``, also as ``python -m kg``."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn


def main() -> None:
    """Run the command line; Ctrl-C ends it with one line while it is still being imported."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from kg import cli

    cli.main()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    os.write(2, b"kg: interrupted\n")
    os._exit(128 + number)


if __name__ == "__main__":
    main()
