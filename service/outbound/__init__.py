"""Connections to other machines: which may be reached, and that none but those are."""
