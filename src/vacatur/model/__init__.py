"""The vocabulary of the field as frozen records; standard library only, no I/O, no clock.

Stored: Party, Security, Document, Act, Programme, Decision. Machinery: View, Spans, Extent, Moment.
"""
