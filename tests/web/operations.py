"""Operations for tests of the pool, which runs them in its workers."""

from __future__ import annotations

import time

from kg.graph import KnowledgeGraph


def wait(graph: KnowledgeGraph, seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def fail(graph: KnowledgeGraph) -> None:
    raise LookupError("nobody foresaw this")


def fill(graph: KnowledgeGraph, size: int) -> int:
    return len(bytes(size))


def unsafe(graph: KnowledgeGraph) -> object:
    return print
