"""How fast Legation reads, and in how much memory. Not part of the library."""
