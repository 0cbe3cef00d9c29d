"""Bytes in files, uploads and memory, packed or not."""
