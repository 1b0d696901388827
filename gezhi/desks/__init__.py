"""坐席: the desks at which cases are worked, and what each needs to see beside the cases themselves.

Follows GB/T 30428.1 (受理、派遣席位) and the duty rules of the posts (R11): workbenches of dispatchers, units and leaders,
the dispatcher's own record, and the signed hand-over of a shift.

Where the main rules are:
    rules/shifts/handover.py      who hands a desk over to whom, and what may be signed when
    rules/shifts/desk_duty.py     who sits at a desk now, and who has not handed over
    rules/shifts/sheet.py         what a hand-over sheet holds
    rules/dispatch_hints.py       what speaks against dispatching to a unit
    rules/dispatch_record.py      when a dispatch was wrong: a dispatcher's own figures
    rules/piles.py                how a unit's work lies in piles
    rules/overview.py             the figures of the leaders' overview

What it does not do: no step of a case is decided here (cases), and its figures are for the desk, not for evaluation.
"""
