"""Rules of founding: what a city folder holds, how it is read, and what may be wrong with it."""
