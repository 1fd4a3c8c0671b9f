"""Rules of investment promotion, pure: life of a deal, its documents, what counts, what is alarming, the rates."""
