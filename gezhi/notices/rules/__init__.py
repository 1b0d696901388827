"""Rules of notices: pure functions and frozen data."""
