"""Analysing the logic of one policy: CDI 00036, and the same ten times over as one policy.

CPU seconds, the fewest of three rounds.
"""

from __future__ import annotations

import time

from benchmarks.effects import massage, together
from cdispec.analysis.faults.policy import faults_of

ROUNDS, TIMES = 3, 10


def main() -> None:
    """Print the fewest seconds of a few rounds."""
    policy = massage()
    contenders = {"CDI 00036": policy, "ten times its size": together([policy] * TIMES)}
    print(f"\nanalysing the logic of a policy{'':<16} criteria    CPU s   issues")
    for title, one in contenders.items():
        seconds = []
        for _ in range(ROUNDS):
            started = time.process_time()
            found = faults_of(one, 100)
            seconds.append(time.process_time() - started)
        print(f"  {title:<44}{len(one.criteria):10}{min(seconds):9.2f}{len(found):9}")


if __name__ == "__main__":
    main()
