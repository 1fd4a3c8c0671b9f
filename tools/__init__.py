"""What developers run: ./luodi test, ./luodi lint, ./luodi bench."""
