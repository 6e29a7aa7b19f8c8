"""Lines of plain text and the parts they play: patterns, the opening of a page, and the line model."""
