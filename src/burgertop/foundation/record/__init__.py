"""The public record: append-only, hash-chained, without personal data."""
