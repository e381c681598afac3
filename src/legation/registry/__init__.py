"""The user's own part of the registry of names: entries in files of the config folder, and their import."""
