"""Pure rules of the catalogue: keys, rows, editions in force, local codes, search."""
