"""People (人员、机构、岗位): who somebody is, which posts they hold, and what a post may do where.

Clauses: requirements R02 and R25; GB/T 22239-2019 level 3: unique users, lockout, timeout, rights by duty and area.

Main rules
    rules/policy.py            one table role → permissions, and `decide_access`: may this post do this, and why
    rules/scope.py             what a post sees: a region subtree, an organisation subtree, or only its own work
    rules/session_limits.py    when a session has ended
    rules/leaving.py           nobody goes while work would be left behind; `rules/staff.py`: posts and numbers
    rules/directory.py         names, posts and trees in memory; `rules/shifts.py`: who sat at a desk at a moment
    rules/roster.py            which collector has which beat on which shift; `rules/roster_table.py`: read from a table

A user holds posts (岗位) by dated appointments; a post stands in one organisation and names the role. Every act names
the post it was done in, so one person may hold posts of supervision and of command where a small county runs both as
one, and the two powers stay apart.

Not here: which unit handles a class of case (`duties`), patrol plans of collectors, training.
"""
