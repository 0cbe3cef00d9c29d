"""Batches of numbers from any number of files, in bounded memory."""
