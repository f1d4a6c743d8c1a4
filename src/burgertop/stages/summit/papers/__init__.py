"""What is printed for the day: which papers there are, what stands on each, and how it is set in type."""
