"""Mutate the claims of the article, one fault at a time, and count how many a build catches.

    python -m benchmarks.mutations [--each N] [--seed N] [--before]

Each kind of mutation is a fault that curators make or that would go unseen: see ``KINDS`` in
``tests/mutation/mutants.py``. A mutant is caught if reading, the checks or the shapes refuse it.
``--before`` leaves out the checks named in ``CONTRACT``, which close the contract of claims.
Prints a table by kind, and every mutant that survives.
"""

from __future__ import annotations

import argparse
import time

from tests.mutation.mutants import KINDS, VALID, Checker, mutants


def main() -> None:
    """Print the table and the survivors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=25, help="mutants of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--before", action="store_true", help="without the checks of the contract")
    options = parser.parse_args()
    begin = time.process_time()
    checker = Checker(before=options.before)
    survivors, total, caught_in_all = [], 0, 0
    print(f"{'kind':<34} {'mutants':>7} {'caught':>7}")
    for kind in (*KINDS, *VALID):
        found = list(mutants(kind, options.seed, options.each))
        caught = [bool(checker.faults(each)) for each in found]
        print(f"{kind:<34} {len(found):>7} {sum(caught):>7}")
        if kind in VALID:
            survivors += [f"REFUSED  {m}" for m, c in zip(found, caught, strict=True) if c]
            continue
        total += len(found)
        caught_in_all += sum(caught)
        survivors += [f"survives {m}" for m, c in zip(found, caught, strict=True) if not c]
    share = caught_in_all / total
    print(f"caught: {caught_in_all} of {total}, {share:.1%}; {time.process_time() - begin:.0f} s")
    print(*survivors, sep="\n")


if __name__ == "__main__":
    main()
