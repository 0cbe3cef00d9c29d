"""Gradient descent: `train` takes the steps, `forecast` says beforehand where they lead."""
