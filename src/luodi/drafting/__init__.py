"""Step 6: the next report drafted from the ledger, and any report checked against it, figure by figure."""
