"""Rules of amendments: pure functions and frozen data."""
