"""stdkg: a knowledge graph of standardization in which every edge opens its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.common.errors import KgError
    from kg.graph import KnowledgeGraph

__all__ = ["KgError", "KnowledgeGraph"]


def __getattr__(name: str) -> Any:
    # Imported on first use, so that the command line starts without the whole program.
    if name == "KnowledgeGraph":
        from kg.graph import KnowledgeGraph

        return KnowledgeGraph
    if name == "KgError":
        from kg.common.errors import KgError

        return KgError
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
