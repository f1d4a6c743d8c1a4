"""Publish and subscribe for pages: streams, and polling when they fail."""
