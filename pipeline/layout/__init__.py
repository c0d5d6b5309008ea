"""Pure geometry: from lines with boxes to blocks in reading order, and from blocks to one text. Knows no PDF, no image."""
