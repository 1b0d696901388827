"""登记日志: the journal of all registers: what lays it on a table, and what reads it. Triggers alone write it."""
