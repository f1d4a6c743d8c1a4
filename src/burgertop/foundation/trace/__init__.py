"""Links that say: this came from that; written by later stages, read by all."""
