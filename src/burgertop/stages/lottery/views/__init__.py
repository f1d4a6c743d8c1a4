"""The pages of a lottery."""
