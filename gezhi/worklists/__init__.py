"""工作列表: the lists in which a post finds its cases: queues, filters, search, counts, and what changed meanwhile.

Follows GB/T 30428.8-2020 on what each post has before it, and the requirement on lists and searches (R19).

Where the main rules are:
    rules/queues.py       which piles of work a post has, and which statuses lie in each
    queries/meaning.py    what the words of a search mean
    queries/worklist.py   one page of a list, and the counts of the queues
    queries/changes.py    what changed in a list since a cursor

What it does not do: who may see a case, and how its row looks, is a matter of cases. It has no tables.
"""
