"""Every issue cdispec can report: one function a code, whose docstring is its page of reference.

A function takes what the message needs and returns the message and the hint; called, it takes the place first and
returns the issue. The code is the function's name with hyphens. Every stage imports the functions it needs from the
module of their subject.
"""
