"""Rules of telling: who hears of an entry of the log: staff in the app, reporters by text."""
