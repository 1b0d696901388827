"""Pure rules of what a city sets for itself."""
