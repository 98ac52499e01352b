"""The report of what two screenings of the same subjects find differently, and why: by cause, with the acts."""
