"""The commands behind `luodi`, one module each, each with `main(argv) -> int`."""
