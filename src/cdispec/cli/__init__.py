"""The command line: `cdispec COMMAND`."""

from cdispec.cli.commands import main

__all__ = ["main"]
