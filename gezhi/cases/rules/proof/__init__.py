"""留痕与核验: the chain of digests over each log, the anchors over all, and what is compared with them."""
