"""Rules of the ledgers: how full a share is, and what an outcome does to the figures."""
