"""Tables on their way into a browser tab."""
