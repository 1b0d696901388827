"""How amendments look on the wire."""
