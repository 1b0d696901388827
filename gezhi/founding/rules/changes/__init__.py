"""再次导入: what a folder or one table changes in the registers of a city that stands."""
