"""The report of a screening: one page that can be printed and kept, and a table of its alerts.

`findings` holds everything that is said, computed before a word of markup is written; `page` puts it together.
"""
