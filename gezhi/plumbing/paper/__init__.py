"""打印件: how a page is set, and by which fonts."""
