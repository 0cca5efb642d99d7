"""The store: which cards were shown and what became of them. It holds no clinical data."""
