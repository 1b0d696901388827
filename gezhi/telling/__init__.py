"""告知: who hears of which step of a case, in which words.

Follows R28 (every report is tracked to its answer): staff hear in the app, reporters by text.

Where the main rules are:
    rules/staff_news.py    which step is news for whom at work
    rules/audiences.py     who that is: a post, a unit, a person
    rules/plain_words.py   what a reporter is told, in which words
    rules/spoken.py        how moments and names are said

What it does not do: it sends nothing itself; `notices` keeps and sends what is told.
"""
