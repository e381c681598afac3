"""A desk: its folder, what is done and judged on it, what is wrong with it, and how its rows are shown."""
