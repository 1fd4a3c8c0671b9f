"""The rules of random inspections: words and codes, quotas by credit class, the verifiable draw, the life of a check."""
