"""Python source for what is asked of many cases: flat functions, each value computed once, no recursion.

Source text is made of identifiers of our own and of constants as `repr` writes them; every other object is handed to
the function by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

LONGEST = 100
"""Operands in one expression: Python's own compiler recurses over longer ones."""


class Function:
    """The source of one function while it grows."""

    def __init__(self, *parameters: str) -> None:
        self.parameters = parameters
        self._lines: list[str] = []
        self._names: dict[str, str] = {}
        self._constants: dict[str, object] = {}

    def name(self, expression: str) -> str:
        """A variable that holds the expression; the same one for the same expression."""
        if expression.isidentifier() or expression.isdigit():
            return expression
        if expression not in self._names:
            self._names[expression] = f"v{len(self._names)}"
            self.line(f"{self._names[expression]} = {expression}")
        return self._names[expression]

    def line(self, statement: str) -> None:
        """Add a statement."""
        self._lines.append(statement)

    def constant(self, value: object) -> str:
        """An expression for a constant. A number of at most 15 digits is told from others as a float, too."""
        if isinstance(value, Decimal):
            return repr(float(value))
        if type(value) in (str, bool, int, bytes):
            return repr(value)
        return self.object(value)

    def object(self, value: object) -> str:
        """The name of this very object."""
        name = f"c{len(self._constants)}"
        self._constants[name] = value
        return name

    def joined(self, operator: str, operands: Sequence[str]) -> str:
        """A variable that holds the operands joined by an operator."""
        while len(operands) > LONGEST:
            parts = [operands[start : start + LONGEST] for start in range(0, len(operands), LONGEST)]
            operands = [self.name(f" {operator} ".join(part)) for part in parts]
        return self.name(f" {operator} ".join(operands))

    def returning(self, result: str) -> Callable[..., Any]:
        """The function, made."""
        body = "".join(f"    {line}\n" for line in (*self._lines, f"return {result}"))
        namespace = dict(self._constants)
        source = f"def compiled({', '.join(self.parameters)}):\n{body}"
        exec(compile(source, "<compiled policy>", "exec"), namespace)
        made: Callable[..., Any] = namespace["compiled"]  # type: ignore[assignment]
        return made


def tuple_of(parts: Iterable[str]) -> str:
    """The source of a tuple."""
    return "(" + "".join(f"{part}, " for part in parts) + ")"
