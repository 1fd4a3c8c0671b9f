"""Fixtures that need real parts of a city's machine room."""

from tests.postgres import postgres

__all__ = ["postgres"]
