"""Pure rules of people, posts and sessions."""
