"""Stores: adapters for the protocols that the ledger declares. SQLite by default; nothing to set up."""
