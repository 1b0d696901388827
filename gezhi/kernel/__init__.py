"""Pure helpers that every capability may use: problems, codes, places, spans of time, permissions and scopes.

Nothing here knows Django, a clock, a network or a city.
"""
