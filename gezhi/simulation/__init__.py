"""演示城市: a simulated city that works through the real actions, for demos, training and tests (mission B08, B11).

A city is a folder of `presets/cities/`: names, codes, bodies, posts, calendars, edition, duties, limits, channels.
No city is known to the code; a second one is a second folder.

Where the main rules are:
    rules/city_plan.py          what a city is
    rules/organisation_plan.py  bodies, posts and people out of templates
    rules/duty_plan.py          the duty table out of templates
    rules/demand.py             what goes wrong when and where, drawn from measured shapes
    rules/journey.py            what somebody does next with a case; at_unit.py, applying.py at the unit and what
    it asks for
    actions/registers.py        what goes through the registers of supervision
    actions/afterwards/         what stands beside the cases when the days are over
    rules/street_scene.py       drawn pictures, marked as demonstration

What it does not do: it never touches a database that holds real cases.
"""
