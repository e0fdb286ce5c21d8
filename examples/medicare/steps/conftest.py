"""Binds this library to pytest. The runner comes with cdispec; step definitions of your own go into sentences.py."""

from cdispec.runner.hooks import *
from steps.sentences import *
