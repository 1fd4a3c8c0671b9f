"""Benchmarks: ours, a peer and the physical limit in turn in one run; only ratios are quoted."""
