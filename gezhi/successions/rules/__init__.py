"""Rules of successions: pure."""
