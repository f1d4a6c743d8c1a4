"""The house around the rooms: addresses, templates, settings, wiring."""
