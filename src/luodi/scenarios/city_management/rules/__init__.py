"""The rules of digital city management as data and pure functions; no Django, no clock."""
