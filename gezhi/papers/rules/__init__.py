"""Rules of papers: what an order and a case file say, drawn and worded apart from any page."""
