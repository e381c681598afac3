"""Collect: a source the user names becomes an `Article`, its bytes untouched."""

from __future__ import annotations

from legation.collect.source import MAX_BYTES, collect

__all__ = ["MAX_BYTES", "collect"]
