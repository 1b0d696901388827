"""工作台规则: what the dispatch desk, the workbench of a unit and the overview say of cases."""
