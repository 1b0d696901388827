"""Pure rules of working time: whole epoch seconds in, whole epoch seconds out."""
