"""One source, one file: how an official list is printed, and what each entry of it says."""
