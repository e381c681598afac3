"""The migrations of the store. One that was released is never changed: a change of the tables is a new one."""
