"""留痕与核验: the chain of digests over each log, and what is compared with it."""
