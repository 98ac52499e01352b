"""Notices leave the house here: put into a durable outbox, and delivered from it to the sinks that a user set up."""
