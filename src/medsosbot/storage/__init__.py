"""What is on record: SQLite through SQLAlchemy Core. `Store` is the door and the thread boundary; see store.py."""
