"""Views that single pages of the lesson show."""
