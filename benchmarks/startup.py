"""Starting up: `cdispec --help` beside Python doing nothing and the helps of tools that authors know."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

CONTENDERS = (
    ("cdispec --help", ["-m", "cdispec", "--help"]),
    ("python doing nothing", ["-c", "pass"]),
    ("behave --help", ["-m", "behave", "--help"]),
    ("pytest --version", ["-m", "pytest", "--version"]),
)
ROUNDS = 15


def milliseconds(arguments: list[str]) -> float:
    """The wall time of one process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the median over interleaved rounds, and the ratio to `cdispec --help`."""
    times: dict[str, list[float]] = {name: [] for name, _ in CONTENDERS}
    for _ in range(ROUNDS):
        for name, arguments in CONTENDERS:
            times[name].append(milliseconds(arguments))
    base = median(times[CONTENDERS[0][0]])
    print(f"\nstart-up{'':<22} ms (median of {ROUNDS})   x cdispec")
    for name, measured in times.items():
        print(f"  {name:<28}{median(measured):10.1f}{median(measured) / base:18.2f}")


if __name__ == "__main__":
    main()
