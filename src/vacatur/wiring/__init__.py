"""The app's rooms: how the parts are wired together, one module for each kind of work."""
