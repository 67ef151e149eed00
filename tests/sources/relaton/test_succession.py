"""No succession that the record doesn't state, whichever of two documents has it."""

from __future__ import annotations

import pytest
import yaml

from kg.common.namespaces import BASE, iri
from kg.sources.record_batch import Batch, Options
from kg.sources.relaton import convert

_SUCCESSIONS = {
    iri(f"std:{name}"): name for name in ("replaces", "toReplace", "updates", "draftOf")
}


def succession(
    body: str, this: str, relation: str, other: str, *, stage: str = "", description: str = ""
) -> set[tuple[str, str, str]]:
    """Return the successions that a record states, with designations as in its relation."""
    record: dict[str, object] = {
        "docid": [{"id": this, "type": body, "primary": True}],
        "title": [{"content": "A title", "language": "en"}],
        "relation": [
            {
                "type": relation,
                "description": {"content": description},
                "bibitem": {"docid": [{"id": other, "type": body, "primary": True}]},
            }
        ],
    }
    if stage:
        record["docstatus"] = {"stage": {"value": stage}}
    found: Batch = convert(
        "data/record.yaml", yaml.safe_dump(record).encode(), Options("relaton-data-test")
    )
    assert not found.rejects
    return {
        (
            t.subject.value.removeprefix(BASE),  # type: ignore[union-attr]
            _SUCCESSIONS[t.predicate.value],
            t.object.value.removeprefix(BASE),  # type: ignore[union-attr]
        )
        for t in found.triples
        if t.predicate.value in _SUCCESSIONS
    }


@pytest.mark.parametrize(
    ("relation", "description", "expected"),
    [
        ("obsoletedBy", "", ("ieee/c62.45-1987", "replaces", "ieee/c62.45-1992")),
        ("updates", "revises", ("ieee/c62.45-1992", "replaces", "ieee/c62.45-1987")),
    ],
)
def test_an_older_successor_stays_as_stated(
    relation: str, description: str, expected: tuple[str, str, str]
) -> None:
    """The shape ReplacesEarlier reports it; turning it would state what no source does."""
    found = succession(
        "IEEE", "IEEE Std C62.45-1992", relation, "IEEE Std C62.45-1987", description=description
    )
    assert found == {expected}
    later = succession(
        "IEEE", "IEEE Std C62.45-1987", "updates", "IEEE Std C62.45-1992", description="revises"
    )
    assert later == {("ieee/c62.45-1987", "replaces", "ieee/c62.45-1992")}


@pytest.mark.parametrize(
    ("this", "stage", "relation", "other", "expected"),
    [
        # Short names of 1999 have no maturity; the record's stage tells the draft.
        (
            *("WAI-USERAGENT-19990611", "Working Draft", "obsoletes", "WAI-USERAGENT-19990331"),
            ("w3c/wai-useragent-19990611", "updates", "w3c/wai-useragent-19990331"),
        ),
        (
            *("WAI-USERAGENT-19990331", "Working Draft", "updatedBy", "WAI-USERAGENT-19990611"),
            ("w3c/wai-useragent-19990611", "updates", "w3c/wai-useragent-19990331"),
        ),
        (
            *("WAI-USERAGENT-19990611", "Working Draft", "obsoletes", "REC-useragent-19980101"),
            ("w3c/wai-useragent-19990611", "toReplace", "w3c/rec-useragent-19980101"),
        ),
        (
            *("WAI-USERAGENT-19990611", "Note", "obsoletes", "WAI-USERAGENT-19990331"),
            ("w3c/wai-useragent-19990611", "replaces", "w3c/wai-useragent-19990331"),
        ),
        (
            *("REC-xml-20081126", "Recommendation", "obsoletes", "REC-xml-20060816"),
            ("w3c/rec-xml-20081126", "replaces", "w3c/rec-xml-20060816"),
        ),
        (
            *("WD-xml-20080101", "Working Draft", "updatedBy", "REC-xml-20081126"),
            ("w3c/wd-xml-20080101", "draftOf", "w3c/rec-xml-20081126"),
        ),
    ],
)
def test_drafts_of_w3c_replace_nothing(
    this: str, stage: str, relation: str, other: str, expected: tuple[str, str, str]
) -> None:
    found = succession("W3C", f"W3C {this}", relation, f"W3C {other}", stage=stage)
    assert found == {expected}


def test_the_history_of_a_cie_publication_updates_only_what_is_earlier() -> None:
    """Each record lists the whole history, so an earlier document would update a later one."""
    earlier = succession("CIE", "CIE 015:2018", "updates", "CIE 15:2004")
    assert earlier == {("cie/015-2018", "updates", "cie/15-2004")}
    assert succession("CIE", "CIE 15:2004", "updates", "CIE 015:2018") == set()
