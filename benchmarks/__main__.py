"""Every benchmark, one after the other; `python -m benchmarks.determination` runs one of them."""

from __future__ import annotations

from benchmarks import determination, parse, scenarios, startup

for benchmark in (determination, parse, startup, scenarios):
    benchmark.main()
