"""The story, in this order: consultation, lottery, summit, panel, report. The past never imports the future."""
