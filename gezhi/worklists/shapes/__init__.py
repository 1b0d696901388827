"""What a work list may be asked for and what it answers; for every door that lists cases."""
