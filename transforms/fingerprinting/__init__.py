"""Words, names and numbers of a text as hashes: the same by compiled code and by NumPy."""
