"""Positions: from reports to who stands where on an issue, who moved and when, and the networks that it makes."""
