"""How much refers to an entity is counted once per other document, for all editions together."""

from __future__ import annotations

import pytest

from kg.common.namespaces import iri
from kg.entities.index.references import References

WORK, FIRST, SECOND, DRAFT, PART, SERIES, OTHER, LATER = range(8)


@pytest.fixture
def references() -> References:
    found = References()
    for edition in (FIRST, SECOND, DRAFT):
        found.add(edition, iri("std:editionOf"), WORK)
    return found


def test_editions_count_but_for_the_first_and_drafts(references: References) -> None:
    assert references.counts({DRAFT})[WORK] == 1
    assert references.counts(set())[WORK] == 2
    assert references.family(SECOND) == references.family(WORK) == WORK


def test_a_document_counts_once_and_its_own_editions_never(references: References) -> None:
    for source, target in ((OTHER, FIRST), (OTHER, SECOND), (OTHER, FIRST), (SECOND, FIRST)):
        references.add(source, iri("std:cites"), target)
    assert references.counts({FIRST, SECOND, DRAFT})[WORK] == 1


def test_every_document_of_a_body_counts() -> None:
    found = References()
    for document in range(1, 4):
        found.add(document, iri("std:publisher"), 0)
    assert found.counts(set())[0] == 3


def test_titles_that_mention_a_document_count(references: References) -> None:
    titles = [
        (OTHER, "Guidance on ISO 9001:2015 and on ISO/IEC 27001"),
        (LATER, "ＩＳＯ ９００１の手引"),
        (SECOND, "ISO 9001, second edition"),
        (OTHER, "The year 9001"),
    ]
    references.add_mentions(titles, [(WORK, "ISO 9001"), (PART, "ISO 90010")])
    counts = references.counts({FIRST, SECOND, DRAFT})
    assert (counts[WORK], counts[PART]) == (2, 0)


def test_a_part_counts_with_its_series() -> None:
    found = References()
    found.add(FIRST, iri("std:editionOf"), PART)
    found.add(FIRST, iri("std:inSeries"), SERIES)
    found.add(OTHER, iri("std:cites"), SERIES)
    found.add(LATER, iri("std:cites"), PART)
    counts = found.counts(set())
    assert (counts[PART], counts[SERIES]) == (2, 2)
    assert found.series(FIRST) == found.series(PART) == SERIES
    assert found.series(OTHER) == OTHER


def test_a_supplement_belongs_to_another_document(references: References) -> None:
    references.add(OTHER, iri("std:amends"), SECOND)
    references.add(SECOND, iri("std:corrects"), FIRST)
    assert references.base(OTHER) == WORK
    assert references.base(SECOND) == references.base(FIRST) == -1
