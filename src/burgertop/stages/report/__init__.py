"""The report, the answers of addressees, the trace from answer to idea."""
