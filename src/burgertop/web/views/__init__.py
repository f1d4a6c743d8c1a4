"""Pages that belong to the house and to no single stage."""
