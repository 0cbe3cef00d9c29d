"""Layouts of tables that are not plain: what stands round them, and between their fields."""
