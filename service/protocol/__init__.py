"""CDS Hooks on the wire: what a request, a discovery answer and a response look like."""
