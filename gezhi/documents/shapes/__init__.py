"""Shapes of documents: what goes out, and the presenter that fills it."""
