"""The look and the generic parts of every page: layout, tables, forms, progress bars."""
