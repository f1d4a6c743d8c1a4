"""Sittings, drafts, amendments, votes: thirty-two work it out."""
