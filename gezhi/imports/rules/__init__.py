"""Rules of imports: pure."""
