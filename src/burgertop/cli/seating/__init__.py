"""The seating in the terminal: files in, a folder with a plan out."""
