"""Rules of senders: how much of one somebody sees, and what a look at more needs."""
