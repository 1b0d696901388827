"""What lies outside the database: the signer and its folder, and the places that keep what it signed."""
