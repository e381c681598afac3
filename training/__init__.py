"""Trains the language model and writes its card; nothing of the product imports this."""
