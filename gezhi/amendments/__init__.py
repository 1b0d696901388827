"""Amendments of rules (规定修订): whoever changes a rule of the city proposes it, and a second person puts it in force.

Clauses: requirements R12 and R25; GB/T 22239-2019 8.1.4.2: nobody alone changes by what rules others work.

Main rules
    rules/amendment.py      what a proposal is, and who may decide it
    rules/amendment_news.py who is told that it waits, and what was decided
    rules/amended_rules.py  which rules it may be about; changed settings of the local policy

One mechanism for all rules that an administrator edits: the approval matrix, the local policy, 督办规定, 问责规定. A
proposal and its opinions stand in the journal of the registers beside the version that followed from them.

Not here: what the rules say (`cases`, `supervision`); the duty table, which has proposals of its own (`duties`).
"""
