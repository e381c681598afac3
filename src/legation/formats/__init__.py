"""Ways into and out of Legation's records."""
