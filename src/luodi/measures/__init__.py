"""Step 4: indicators. Declared by scenarios (`declare`), counted by an engine (`counting`), kept with where they come from (`models`)."""
