"""Pure rules of the ground: grid codes, delineation, the generator of demonstration ground, and the locator."""
