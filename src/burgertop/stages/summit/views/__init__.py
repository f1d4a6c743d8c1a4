"""The pages of a summit, place by place."""
