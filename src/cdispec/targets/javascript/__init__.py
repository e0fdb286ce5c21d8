"""A policy as JavaScript, for a form in a web page that answers without a server."""

from cdispec.targets.javascript.assemble import script

__all__ = ["script"]
