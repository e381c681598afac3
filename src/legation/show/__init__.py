"""Shows a report: in a terminal, and as a page of its own."""
