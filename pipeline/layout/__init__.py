"""Pure geometry: lines with boxes to blocks in reading order, blocks to one text. Knows no PDF and no image."""
