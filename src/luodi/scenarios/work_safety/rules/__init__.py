"""The rules of work safety as data and pure functions; no Django, no clock."""
