"""Lists of codes that grammars need, one TOML file for each body, read when a text needs them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """Return a file of codes.

    >>> read("nist")["series"]["TN"]
    ['Technical Note']
    """
    # Most runs read none, and importing the reader takes as long as importing all grammars.
    import tomllib

    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
