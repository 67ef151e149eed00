"""Lists of codes that grammars need, one TOML file for each body, read when a text needs them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """Return a file of codes.

    >>> read("nist")["series"]["TN"]
    ['Technical Note']
    """
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
