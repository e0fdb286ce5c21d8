"""A policy as Python source, prepared once for many cases: the same determinations, made fast."""

from cdispec.targets.python.compiled import Compiled, compile_policy

__all__ = ["Compiled", "compile_policy"]
