"""Lets `python -m cdispec` stand for `cdispec`."""

import sys

from cdispec.cli import main

sys.exit(main())
