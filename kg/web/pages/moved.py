"""An answer that is no page: where the page is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moved:
    """Instead of a page, the address of the page where it is."""

    address: str
