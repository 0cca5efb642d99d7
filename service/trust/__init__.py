"""Who may call, and what a caller may have: tenants, their keys, and the tokens made with them."""
