"""Documents in, text out: `load` reads txt, docx, pdf, scans, ofd, html and doc, or refuses with a sentence."""

from luodi.reading.sources.loading import Loaded, load
from luodi.reading.sources.refusal import Refusal

__all__ = ["Loaded", "Refusal", "load"]
