"""Figures for a monitoring system. No label ever holds anything that came with a call."""
