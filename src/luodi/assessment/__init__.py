"""Step 5: how far behind is behind. Lights by published, dated rules; schemes and scores follow."""
