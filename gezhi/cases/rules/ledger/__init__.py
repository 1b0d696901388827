"""审批台账: what a row of a ledger says beside what was asked, and how full a unit's share is."""
