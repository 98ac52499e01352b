"""The places that notices can go to: a file of lines, a web address, a folder of messages."""
