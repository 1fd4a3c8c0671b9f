"""Luodi 落地: a work plan goes in, a ledger of commitments comes out, and the year is run on it."""

__version__ = "0.1.0"
