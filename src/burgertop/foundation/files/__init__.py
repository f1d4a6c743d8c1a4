"""CSV and XLSX in and out, with preview and dry run."""
