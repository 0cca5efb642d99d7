"""Three-valued conditions in words: parsed, type-checked and compiled once, explained by evaluating them."""
