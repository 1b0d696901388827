"""案件: the case and its seven stages, from the first report to the closing, in one append-only log.

Follows GB/T 30428.8 (立案、处置和结案) and the seven stages (七个环节) of the field; where a city differs, the difference is data.

Where the main rules are:
    rules/stages.py       statuses, commands, who may do what when: one table on one screen
    rules/steps/          what each command does, a file per step of the work
    rules/decide.py       command + state + facts -> log step, or a Problem
    rules/evolve.py       log entry + state -> next state; copies and counts, asks nobody
    rules/deadline.py     when a clock of a case runs out; pause, resume, dispatched again
    rules/lateness.py     what late means, at the unit, at closing, for figures
    rules/columns.py      what lists search and sort by, declared once
    rules/applications/   what may be asked for, a file per kind, and who decides
    rules/entries.py      what an entry of the log carries, and its text, which is what is hashed
    actions/record.py     the only writer of case and log

What it does not do: the registers of supervision and major cases (it only keeps their entries), evaluation;
what a city sets for itself (`policy`).
"""
