"""The rules of government services: codes of items, what makes a catalogue right, the road of a case, of a bad review, of a promise."""
