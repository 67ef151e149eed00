"""A build catches faults in the claims, and refuses no valid change.

One mutant of every second kind is made here; ``python -m benchmarks.mutations`` makes many of each.
"""

from __future__ import annotations

import pytest

from tests.mutation.mutants import KINDS, SURVIVORS, VALID, Checker, Mutant, mutants

SEED = 7


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.mark.parametrize("kind", list(KINDS)[SEED % 2 :: 2])
def test_a_fault_is_caught(checker: Checker, kind: str) -> None:
    [mutant] = mutants(kind, SEED, 1)
    assert checker.faults(mutant) or str(mutant) in SURVIVORS, mutant


def test_valid_changes_pass(checker: Checker) -> None:
    """Several at once: none of them may be refused."""
    several = [mutant for kind in VALID for mutant in mutants(kind, SEED, 1)]
    together = Mutant(
        "valid",
        "; ".join(each.words for each in several),
        frozenset(quad for each in several for quad in each.removed),
        tuple(quad for each in several for quad in each.added),
    )
    assert checker.faults(together) == []


def test_every_kind_has_mutants_and_a_seed_gives_the_same() -> None:
    for kind in (*KINDS, *VALID):
        one, other = (mutants(kind, SEED, 3) for _ in range(2))
        assert one
        assert one == other
    assert all(reason for reason in SURVIVORS.values())
