"""Which proofs stand in a short citation."""

from __future__ import annotations

from collections.abc import Iterable

from kg.evidence.proofs import Proof


def in_short(proofs: Iterable[Proof]) -> list[Proof]:
    """Return proofs without the phrases that only name a part of a claim which has others, too."""
    proofs = list(proofs)
    stating = {proof.claim for proof in proofs if not (proof.names or proof.inferred)}
    return [
        proof
        for proof in proofs
        if proof.claim not in stating or not (proof.names or proof.inferred)
    ]
