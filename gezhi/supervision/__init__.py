"""Supervision (督办、问责、重大案件、疑难无主): what makes sure that no case stays without an answer.

Clauses: requirements R15, R19; supervision in three levels, accountability, strike-off of major cases, joint meetings.

Main rules
    rules/automatic.py              from how late a case is supervised, and at which level
    rules/orders.py                 a supervision order; order_steps.py what may be done to it
    rules/addressees.py             whom each level addresses
    rules/key_lists.py              classes, regions and cases under special watch
    rules/accountability.py         the ledger of units held to account; accountability_rules.py what is proposed for it
    rules/major_register.py         major cases from listing to strike-off, never by one person alone
    rules/ownerless.py, meetings.py cases without owner, why, since when, and how they were settled
    rules/odd_patterns.py           what stands out among deeds, and from where on it is shown

Each row folds from deeds in one append-only table (gezhi/kernel/deeds.py); a case is written only through
`cases.actions`, in the same transaction. The board of ownerless cases is a question to the cases, no list of its own.

Not here: what a listed case may not do (`cases`), the duty row that follows a settlement (`duties`).
"""
