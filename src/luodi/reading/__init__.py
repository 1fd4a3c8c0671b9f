"""The reader of work reports: a pure library, no Django, no database, no network. See docs/reading.md."""
