"""Joins the collect stage to a desk: its sources, its ledger in the store, rounds once and for good."""
