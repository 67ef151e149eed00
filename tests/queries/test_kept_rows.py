"""What a build counts is what the query of the view counts."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from kg.common import resources
from kg.pipeline.build import Summary
from kg.queries.kept_rows import FOLDER, select_rows
from kg.queries.views import find_view
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation

VIEW = find_view(resources.queries() / "views", "overview")


def test_rows_are_counted_at_build_and_read_then(joined: Summary, tmp_path: Path) -> None:
    generation = shutil.copytree(current_generation(joined.folder), tmp_path / "generation")
    store = EmbeddedStore.open(generation / STORE)
    kept = select_rows(store, VIEW)
    file = generation / FOLDER / "overview.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    counted = select_rows(store, VIEW)
    assert sorted(map(str, kept)) == sorted(map(str, counted))
    assert {row["panel"] for row in kept} >= {"bodies", "years", "fields", "countries"}
    # The file is what is read, while the query is the same.
    file.write_text(json.dumps({**content, "rows": content["rows"][:3]}), encoding="utf-8")
    assert select_rows(store, VIEW) == kept[:3]
    changed = replace(VIEW, sparql=VIEW.sparql + "\n# changed")
    assert len(select_rows(store, changed)) == len(kept)
