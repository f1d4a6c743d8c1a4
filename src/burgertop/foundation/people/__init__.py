"""Who acts, in which role; the identity vault; consent and erasure."""
