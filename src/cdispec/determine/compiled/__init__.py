"""The compiled form of determination: equal to `determine` in every field, prepared once for many cases."""

from cdispec.determine.compiled.policy import Compiled, compile_policy

__all__ = ["Compiled", "compile_policy"]
