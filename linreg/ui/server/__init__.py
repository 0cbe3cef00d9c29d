"""Files for the browser, served below the app; the check of the version at start."""
