"""Suggested lead and support units for commitments; see README.md."""

from luodi.reading.units.functions import function_of, functions_of
from luodi.reading.units.roster import Roster, Unit
from luodi.reading.units.suggest import suggest_units

__all__ = ["Roster", "Unit", "function_of", "functions_of", "suggest_units"]
