"""The `docs/` folder: what of it is out of date, and changing it as one."""
