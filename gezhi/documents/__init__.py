"""Documents (制度文件): the rules that the city works by, in versions, read by whom they bind, found by their clauses.

Clauses: requirement R01 (operation plan, assessment rules, responsibility standard, command handbook).

Main rules
    rules/clause_text.py    pasted text → headings and numbered clauses (条款)
    rules/versions.py       draft, submission, approval by another person, dates of effect
    rules/words.py          Chinese words for the search, and the excerpt around what was found
    rules/compare.py        what changed against the version before, clause by clause
    rules/links.py          what a clause governs: classes of the catalogue, kinds of application, schemes
    rules/reading.py        who must read a version

A version in force ends the day before the next one begins; none is changed after approval and none is wiped.

Not here: what an application needs (`cases`), which unit handles what (`duties`).
"""
