"""Where things are, the type of the fixture that runs the command line, a graph before its time."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.namespaces import PREFIXES
from kg.store.embedded import EmbeddedStore

ROOT = Path(__file__).resolve().parent.parent
TEXT = ROOT.parent / "shared" / "article" / "cfsn-2019-04-11.txt"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def announced(graph: KnowledgeGraph) -> EmbeddedStore:
    """The graph as if nothing that was planned had come about yet."""
    past = ("held", "running", "completed")
    done = {ox.NamedNode(PREFIXES["state"] + state) for state in past}
    return EmbeddedStore.in_memory(quad for quad in graph.store.quads() if quad.object not in done)
