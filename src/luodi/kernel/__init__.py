"""What every part of Luodi stands on, and where no word of any one field occurs.

This package itself imports nothing, so that the pure library `luodi.reading` may use `luodi.kernel.divisions`.
"""
