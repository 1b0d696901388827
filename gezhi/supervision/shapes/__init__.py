"""Shapes of the registers of supervision: what goes out, and the presenter that fills it."""
