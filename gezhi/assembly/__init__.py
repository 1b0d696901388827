"""The only place that knows everyone: settings, addresses, wiring, command line.

`capabilities` holds the table of tiers, from which installed apps, routers, jobs and commands follow.
"""
