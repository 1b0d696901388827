"""Pure rules of duties and area levels."""
