"""The maths: values in, values out. No Django, no files, no clock, no hidden chance."""
