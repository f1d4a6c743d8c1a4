"""Mail, letters, SMS hooks and proofs of sending."""
