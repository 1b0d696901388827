"""存证规则: the tree over the log, what is signed of it and who keeps it elsewhere; pure, no clock, no file, no network."""
