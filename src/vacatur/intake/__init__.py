"""Intake: the outside world, read with suspicion, on its way into the ledger."""
