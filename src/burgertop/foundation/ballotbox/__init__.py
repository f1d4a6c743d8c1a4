"""Sealed papers, close, shuffle, count, receipts: for themes, hall and panel alike."""
