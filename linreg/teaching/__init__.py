"""The numbers behind questions and comparisons of the lesson."""
