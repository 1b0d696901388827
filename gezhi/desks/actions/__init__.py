"""What is done at a desk beside its cases: turns are handed over."""
