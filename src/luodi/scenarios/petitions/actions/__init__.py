"""The only writers of old cases and sittings. Petitions are written by the engine of cases (`luodi.shapes.cases.actions`)."""
