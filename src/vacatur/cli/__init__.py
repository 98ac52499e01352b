"""The command line: a thin door over `vacatur.app.App`."""

from __future__ import annotations

from vacatur.cli.main import main

__all__ = ["main"]
