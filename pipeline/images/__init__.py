"""Pure functions on page images: cleaning, deskewing, measuring, encoding. A file is one treatment.

Images are numpy arrays of uint8: grey with shape (height, width), 0 black; colour with shape (height, width, 3) in the
order red, green, blue. Nothing is changed in place and nothing is remembered, so that every result can be repeated.
"""
