"""Cases under legal clocks 办件: one engine, and a declaration for each system that stands on it. See README.md."""
