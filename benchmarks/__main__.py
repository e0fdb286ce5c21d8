"""Every benchmark, one after the other; `python -m benchmarks.determination` runs one of them."""

from __future__ import annotations

from benchmarks import adequacy, analysis, codes, determination, documents, effects, parse, scenarios, sizes, startup

for benchmark in (determination, parse, startup, scenarios, documents, sizes, effects, analysis, adequacy, codes):
    benchmark.main()
