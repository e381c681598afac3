"""Measures the library against gold standards: a scorer a task, and the floors every release must reach."""
