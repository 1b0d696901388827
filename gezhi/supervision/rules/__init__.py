"""Rules of supervision: orders, accountability, major cases, cases without an owner."""
