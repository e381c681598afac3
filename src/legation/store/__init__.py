"""The store of a desk, the only SQL of Legation: everything the desk was told, and when it came to know it.

Nothing in it is changed or deleted once it is written. A newer reading of an article ends an older one by a row of its
own, so that every question can be asked as of any earlier commit. SQLite by default, PostgreSQL by URL.
"""

from legation.store.store import Store

__all__ = ["Store"]
