"""Calls of operations on the graph, which run in a worker process instead of in the server.

An *operation* is a function at the top of a module whose first parameter is the graph, such as
those in :mod:`kg.web.operations`; a method of :class:`kg.graph.KnowledgeGraph` is one, too. Its
other arguments and its result are plain values: texts, numbers, lists, dicts, terms of RDF, and the
dataclasses of this package. Routes call it with :meth:`kg.web.state.State.call`.

Arguments and results are pickled. A worker has run queries of strangers, so only plain values are
read from it, and no code is run that it names.
"""

from __future__ import annotations

import base64
import importlib
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, TypeVar

import pyoxigraph as ox

from kg.store.sandbox.messages import Task

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

RESULT: Final = "result"
FAILURE: Final = "failure"
"""Forms of a worker's answer to a call: the result, or the traceback of an unforeseen error."""

_PACKAGE: Final = "kg."
_TERMS: Final = {
    kind.__name__: kind for kind in (ox.NamedNode, ox.BlankNode, ox.Literal, ox.Triple, ox.Quad)
}


class OperationError(Exception):
    """An operation failed with an error that no user can cause; the text is its traceback."""


@dataclass(frozen=True)
class Call(Generic[_Result]):
    """An operation with its arguments."""

    operation: Callable[..., _Result]
    arguments: tuple[Any, ...]
    named: dict[str, Any]

    @classmethod
    def of(
        cls,
        operation: Callable[Concatenate[KnowledgeGraph, _Parameters], _Result],
        *arguments: _Parameters.args,
        **named: _Parameters.kwargs,
    ) -> Call[_Result]:
        """Return the call of an operation, with all its arguments but the graph."""
        return cls(operation, arguments, named)

    def to_task(self, memory: int) -> Task:
        """Encode the call for a worker that may use as many bytes of memory."""
        name = self.operation.__module__, self.operation.__qualname__
        return Task(
            base64.b85encode(pickle.dumps((*name, self.arguments, self.named))).decode(), memory
        )


def perform(graph: KnowledgeGraph, task: Task) -> bytes:
    """Run the operation of a task; return its result, encoded for :func:`decode_result`."""
    module, name, arguments, named = pickle.loads(base64.b85decode(task.content))  # noqa: S301
    operation = attrgetter(name)(importlib.import_module(module))
    return pickle.dumps(operation(graph, *arguments, **named))


def decode_result(data: bytes) -> Any:
    """Return the result of an operation; pickle.UnpicklingError for anything but plain values."""
    return _PlainValues(io.BytesIO(data)).load()


class _PlainValues(pickle.Unpickler):
    """Reads no class but terms of RDF and the dataclasses of this package, and no functions."""

    def find_class(self, module: str, name: str) -> type:
        """Return a class of plain values."""
        if module == "pyoxigraph" and name in _TERMS:
            return _TERMS[name]
        if module.startswith(_PACKAGE) and "." not in name:
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
