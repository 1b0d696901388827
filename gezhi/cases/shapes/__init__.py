"""What a case looks like on the wire, and the presenter that fills it; for every door that shows cases."""
