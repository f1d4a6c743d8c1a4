"""The terminal of the fair lottery: files in, a folder that anybody can check out; no server, no database."""
