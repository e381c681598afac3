"""Stub."""

from legation.store.writing import Writing


def judge_items(writing: Writing, of_items: set[int]) -> None:
    """Nothing yet."""
