"""Rules of the work lists: which queues a post has before it."""
