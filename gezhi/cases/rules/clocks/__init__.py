"""计时: the clocks of a case, when they run out, and what late means."""
