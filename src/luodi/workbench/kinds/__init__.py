"""What a column holds: how its value is shown, read from a cell that a person typed, and told to a machine.

A kind is a small value. `show` never returns an empty text for what is unknown (待补, 待定) and never prints unknown as 0;
`reader()` gives a function from a cell to a value that raises `ValueError` with a Chinese clause ("“三”不是数").
"""

from luodi.workbench.kinds.base import Kind, Read
from luodi.workbench.kinds.fields import kind_of
from luodi.workbench.kinds.figures import Money, Number, Whole
from luodi.workbench.kinds.links import DivisionLink, File, Link, PersonLink, UnitLink
from luodi.workbench.kinds.plain import Choice, Day, Listed, Moment, Text, Words, YesNo

__all__ = [
    "Choice", "Day", "DivisionLink", "File", "Kind", "Link", "Listed", "Moment", "Money", "Number", "PersonLink", "Read", "Text",
    "UnitLink", "Whole", "Words", "YesNo", "kind_of",
]  # fmt: skip
