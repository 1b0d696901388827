"""Files that somebody sends are read: tables and layers of shapes, apart from the server."""
