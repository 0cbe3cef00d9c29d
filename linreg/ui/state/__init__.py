"""The state of one browser tab."""
