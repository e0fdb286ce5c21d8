"""Every benchmark, one after the other; `python -m benchmarks.determination` runs one of them."""

from __future__ import annotations

from benchmarks import determination, documents, parse, scenarios, startup

for benchmark in (determination, parse, startup, scenarios, documents):
    benchmark.main()
