"""Which data came with a call, which did not, and fetching what did not."""
