"""The pure assessment: a chart and the knowledge in, findings out."""
