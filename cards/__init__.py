"""Clinical judgement: pure, without I/O after loading. Nothing here imports from ``service``."""
