"""What a built graph is made with: a program with another vocabulary reads it wrongly."""

from __future__ import annotations

import hashlib
from functools import cache

from kg.common import resources


@cache
def vocabulary_digest() -> str:
    """Return a digest (SHA-256) of the ontology, of its rules, and of the view of all relations."""
    ontology = resources.ontology()
    files = [*ontology.glob("*.ttl"), *(ontology / "rules").rglob("*.rq")]
    digest = hashlib.sha256()
    for file in (*sorted(files), resources.queries() / "views" / "everything.rq"):
        digest.update(file.read_bytes())
    return digest.hexdigest()
