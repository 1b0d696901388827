"""打印件: what is printed of a case: orders (派遣单), the case file (案卷), the shift sheet's layout.

Each paper carries the digest of the log entry that it shows, so that paper can be checked against the log.

Where the main rules are:
    rules/order_part.py     which unit's part an order shows, and what it asks for
    rules/place_sketch.py   the sketch of the place
    presets/*.typ           what a paper looks like

What it does not do: no paper is kept; it is set anew from the log each time.
"""
