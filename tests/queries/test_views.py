"""Views and their headers; errors name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.common import resources
from kg.common.errors import KgError
from kg.queries.views import find_view, load_views, read_view

GOOD = """\
#+ title: {en: "All", zh: "全部"}
#+ description: {en: "All of it.", zh: "全部内容。"}
#+ kind: network
#+ catalogue-relations: [std:partOf]
SELECT ?source ?relation ?target WHERE {
    GRAPH ?claim { ?source ?relation ?target VALUES ?relation { std:partOf } }
    ?claim a std:Catalogue .
}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: network", "kind: netwerk", "x.rq:3: 'netwerk' is not one of"),
        ("?target WHERE", "WHERE", "x.rq:3: a view of this kind must also select target"),
        ("SELECT", "SELEKT", "x.rq: the query is not SPARQL"),
        ('zh: "全部"', 'fr: "tout"', "x.rq:1: 'fr' is not one of en, zh"),
        ("kind: network", "kind: network\n#+ layout: round", "x.rq:4: 'round' is not one of"),
        ("[std:partOf]", "[std:partOf, partOf]", "x.rq:4: 'partOf' is not an IRI"),
        ("[std:partOf]", "[std:partOf, std:partOf]", "x.rq:4: 'std:partOf' is given twice"),
        ("[std:partOf]", "std:partOf", "x.rq:4: give a list"),
        ("a std:Catalogue .", "a std:Claim .", "x.rq:4: the query must have .* exactly once"),
    ],
)
def test_a_wrong_view_is_reported_with_file_and_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = tmp_path / "x.rq"
    file.write_text(GOOD, encoding="utf-8")
    assert read_view(file).columns == ("source", "relation", "target")
    assert old in GOOD
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(KgError, match=message):
        read_view(file)


def test_an_unknown_view_gives_the_nearest_names() -> None:
    with pytest.raises(KgError, match="no view is called 'comittee'; nearest: committees"):
        find_view(resources.queries() / "views", "comittee")
    with pytest.raises(KgError, match="no such folder"):
        load_views(Path("/no/such/folder"))
