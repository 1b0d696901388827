"""文件: the forms in which a city folder may hold its tables and its shapes."""
