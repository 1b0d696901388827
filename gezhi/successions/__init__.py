"""机构承接: a unit is merged into another, split or dissolved on a day, and its work goes on without a break.

Clauses: requirement R16 and R02; what stands on record keeps the name of the old unit.

Main rules
    people/rules/succession.py             what is arranged, and whose work a body sees since
    people/rules/check_succession.py       which body may take the place of which
    cases/rules/steps/succeeding.py        what a case looks like after it
    rules/row_shares.py                    which rows go to others where a unit is split

Not here: who proposes and who settles it (`amendments`), and the end of the old body (`people`).
"""
