"""Local policy (地方规定): what a city may set for itself about its cases, as data with dates of effect, never as code.

Clauses: requirements R02 (levels of platforms) and R12; the seven stages (七个环节) of the field, whose limits a city sets.

Main rules
    rules/local_policy.py      every setting with its preset, limits of the stages among them
    rules/channels.py          by which ways problems come in: rows of data
    rules/reasons.py           the closed lists of reasons, and the answers that they propose
    rules/holders.py           who holds the work whose clock runs
    rules/case_number.py       how a case number is written
    rules/platform_levels.py   which stages the centres of each level perform in a region

A version holds all settings and is in force from a day on; a decision rests on the one of its day.

Not here: what follows from a setting (`cases`), and who may change one (`amendments`).
"""
