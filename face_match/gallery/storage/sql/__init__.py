"""The records in a database: its tables, and what is asked of SQLite and of a server alike."""
