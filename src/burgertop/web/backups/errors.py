"""What goes wrong with backups, said to the operator."""

__all__ = ["BackupError"]


class BackupError(Exception):
    """A backup cannot be made, read or put back; the words say why and what to do. Nothing was changed."""
