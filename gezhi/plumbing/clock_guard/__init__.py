"""时钟核查: what a wrong clock writes into a log stays there for ever. So before limits run out by the clock it is compared
with the database's, with the last entry and with the moment at which it was last found right; after a jump the work
by the clock stands still until an administrator has looked at it and releases it, which is on record.
"""
