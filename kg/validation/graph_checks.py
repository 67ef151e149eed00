"""Validation of a whole graph: its curated part, its catalogues, and how far shapes reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.common import resources
from kg.common.namespaces import EVIDENCE_GRAPH, ONTOLOGY_GRAPH
from kg.store import Store
from kg.validation import catalogues, checks, partitions, shacl, source_conflicts
from kg.validation.shacl import Engine, Report
from kg.validation.shape_coverage import ShapeCoverage, measure_shape_coverage
from kg.validation.shapes import read_shapes

if TYPE_CHECKING:
    from kg.validation.catalogues import CachedCatalogues, CatalogueReport
    from kg.validation.checks import Defect


def _shapes(part: str = "") -> list[ox.Triple]:
    return read_shapes(resources.ontology() / "shapes" / part)


def validate_curated(store: Store, engine: Engine) -> Report:
    """Validate the curated part against its shapes; conflicts between sources are warnings."""
    shapes = _shapes()
    engine = partitions.choose_engine(store, engine)
    triples = (quad.triple for quad in partitions.curated_quads(store))
    report = shacl.validate_triples(triples, shapes, engine)
    return source_conflicts.downgrade_conflicts(store, shapes, report)


def validate_catalogues(
    store: Store, engine: Engine, cache: CachedCatalogues | None
) -> CatalogueReport | None:
    """Validate the catalogues against their shapes; None when the graph has none."""
    return catalogues.validate_catalogues(store, _shapes("catalogues"), engine, cache)


def find_defects(store: Store) -> list[Defect]:
    """Run the checks of ``ontology/checks`` on the curated part; return the defects found."""
    curated = partitions.curated_quads(store)
    return checks.run_checks(curated, resources.ontology(), resources.queries())


def measure_coverage(store: Store, curated: Store, *, listed: bool) -> list[ShapeCoverage]:
    """Count targets and values of each shape; ``listed`` includes shapes for catalogues."""
    rows = measure_shape_coverage(curated, _shapes())
    if not listed or not (graphs := partitions.catalogue_part(store)):
        return rows
    graphs += (ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(EVIDENCE_GRAPH))
    shapes = _shapes("catalogues")
    return rows + measure_shape_coverage(store, shapes, graphs, optional=True)
