"""办理各步: what each command does to a case, one file per step of the work; `rules/decide.py` lists them."""
