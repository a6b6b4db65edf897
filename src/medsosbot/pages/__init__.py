"""A page of releases, as the office keeps it, into one queue file per release. Knows text and files, no database."""
