"""The only writers of this scenario beside the engine of cases."""
