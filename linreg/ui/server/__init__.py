"""Files for the browser, served below the app."""
