"""Pictures are decoded apart from the web server: in children with a limit of memory and of time, few at once."""
