"""Tables from files: numeric columns, and sentences on what was wrong."""
