"""One folder per system that a work plan names; found by its `scenario.py`, known to nobody above or below."""
