"""HTTP as such: bodies, errors, request ids. Plain ASGI, since Starlette's BaseHTTPMiddleware costs a task per call."""
