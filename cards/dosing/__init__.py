"""Ordered doses against recommended ones: what a draft deviates in, by how much, and what would be right.

Pure arithmetic. What counts as too much, too little or too soon is said by the statements of the chapter ``dosing``.
"""
