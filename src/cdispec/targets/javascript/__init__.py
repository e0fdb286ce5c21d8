"""Policies as JavaScript, for a form in a web page that answers without a server."""

from cdispec.targets.javascript.assemble import data_script, engine
from cdispec.targets.javascript.data import policy_data

__all__ = ["data_script", "engine", "policy_data"]
