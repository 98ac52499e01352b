"""The law as pure functions: acts and rules in, answers out. No I/O and no clock; time is a parameter."""
