"""交接班 (shift hand-over) of the desks: whose turn it is, who hands over to whom, what is still owed."""
