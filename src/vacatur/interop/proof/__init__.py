"""Proofs: what was screened, against what, and what was found, in one signed file that is checked without a ledger."""
