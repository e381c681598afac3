"""Batch: whole archives through the same stages: cut into shards, read by workers, written whole, gone on with."""
