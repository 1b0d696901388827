"""How much anybody may ask of this server at once, so that nobody holds up the others."""
