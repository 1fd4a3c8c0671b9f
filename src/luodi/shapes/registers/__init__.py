"""Registers that departments share: enterprises. Scenarios meet here, never by a foreign key of their own."""
