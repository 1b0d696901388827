"""Pure rules of the simulated city: what it is made of, what happens in it, and what its people do next."""
