"""Rules of the desks: what the dispatch desk, the workbench of a unit and the overview say of cases."""
