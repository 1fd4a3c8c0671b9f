"""The only writers of this scenario: libraries and plans, draws, and what checks need beside the engine of cases."""
