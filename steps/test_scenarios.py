"""Every scenario of every feature of the library."""

from pytest_bdd import scenarios

scenarios("../features")
