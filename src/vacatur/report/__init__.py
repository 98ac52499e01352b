"""Reports that stand on their own: one HTML file with the answer, the picture and the evidence, and no request."""
