"""cdispec makes coverage policies executable, tested, explained and published."""
