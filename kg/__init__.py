"""stdkg: a knowledge graph of standardization in which every edge opens its evidence.

:class:`KnowledgeGraph` is the entry point. The package also exports the types that its methods
return, and the errors that they raise, which all derive from :class:`KgError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.common.errors import (
    ArgumentError,
    BuildError,
    ExportError,
    KgError,
    MissingPackageError,
    QueryError,
    QueryLimitError,
    ResolutionError,
    SourceError,
    StoreError,
)

if TYPE_CHECKING:
    from kg.analysis.model import Profile
    from kg.analysis.path_statements import Way
    from kg.analysis.statistics import Statistics
    from kg.drafting import Draft
    from kg.entities.match import Match
    from kg.entities.search import Hit
    from kg.evidence.proofs import Proof
    from kg.graph import KnowledgeGraph
    from kg.interpretation import Interpretation, Reading
    from kg.network.adjacency.arrays import Adjacency
    from kg.pictures.drawing import Drawing
    from kg.pipeline.accounts import Account
    from kg.pipeline.curated import RejectedError
    from kg.queries.model import Question
    from kg.queries.views import View
    from kg.scanning import MatchedReference, Scan
    from kg.sources.record_batch import RecordError
    from kg.store import Store, Table
    from kg.store.remote.endpoint import Endpoint
    from kg.tables import LabeledTable
    from kg.validation.catalogues import CatalogueReport
    from kg.validation.checks import Defect
    from kg.validation.shacl import Report
    from kg.validation.shape_coverage import ShapeCoverage

    __version__: str

__all__ = [
    "Account",
    "Adjacency",
    "ArgumentError",
    "BuildError",
    "CatalogueReport",
    "Defect",
    "Draft",
    "Drawing",
    "Endpoint",
    "ExportError",
    "Hit",
    "Interpretation",
    "KgError",
    "KnowledgeGraph",
    "LabeledTable",
    "Match",
    "MatchedReference",
    "MissingPackageError",
    "Profile",
    "Proof",
    "QueryError",
    "QueryLimitError",
    "Question",
    "Reading",
    "RecordError",
    "RejectedError",
    "Report",
    "ResolutionError",
    "Scan",
    "ShapeCoverage",
    "SourceError",
    "Statistics",
    "Store",
    "StoreError",
    "Table",
    "View",
    "Way",
    "__version__",
]

_MODULES: Final = {
    "Account": "kg.pipeline.accounts",
    "Adjacency": "kg.network.adjacency.arrays",
    "CatalogueReport": "kg.validation.catalogues",
    "Defect": "kg.validation.checks",
    "Draft": "kg.drafting",
    "Drawing": "kg.pictures.drawing",
    "Endpoint": "kg.store.remote.endpoint",
    "Hit": "kg.entities.search",
    "Interpretation": "kg.interpretation",
    "KnowledgeGraph": "kg.graph",
    "LabeledTable": "kg.tables",
    "Match": "kg.entities.match",
    "MatchedReference": "kg.scanning",
    "Profile": "kg.analysis.model",
    "Proof": "kg.evidence.proofs",
    "Question": "kg.queries.model",
    "Reading": "kg.interpretation",
    "RecordError": "kg.sources.record_batch",
    "RejectedError": "kg.pipeline.curated",
    "Report": "kg.validation.shacl",
    "Scan": "kg.scanning",
    "ShapeCoverage": "kg.validation.shape_coverage",
    "Statistics": "kg.analysis.statistics",
    "Store": "kg.store",
    "Table": "kg.store",
    "View": "kg.queries.views",
    "Way": "kg.analysis.path_statements",
}
"""Exported names and their modules, imported on first use to keep start-up short."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("stdkg")
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
