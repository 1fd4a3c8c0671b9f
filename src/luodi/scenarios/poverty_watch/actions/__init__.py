"""The only writers of households, help, warnings and funds. Clues are written by the engine of cases."""
