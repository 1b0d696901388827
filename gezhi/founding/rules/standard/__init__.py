"""立案结案规范表: rows of the standard as an office writes them."""
