"""A policy as formulas for an SMT solver (z3): what is asked of all cases at once.

A fold over the program, as the other targets are, with symbols in place of answers. A truth of three values is two
formulas: that it is true, and that it is false.
"""

from cdispec.targets.smt.answers import Answers
from cdispec.targets.smt.calendar import Days
from cdispec.targets.smt.decide import Decided, decided, settled_alike
from cdispec.targets.smt.solver import Solver
from cdispec.targets.smt.truth import Truths

__all__ = ["Answers", "Days", "Decided", "Solver", "Truths", "decided", "settled_alike"]
