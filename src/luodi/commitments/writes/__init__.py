"""What the pages send: each address reads a form, calls one action, and answers what has to be drawn again."""
