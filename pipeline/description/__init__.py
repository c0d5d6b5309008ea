"""Archival description: item numbers (档号), catalogues that others keep, and retention periods.

`item_numbers` reads and makes numbers, `catalogue` reads a catalogue and finds which document each row means,
`retention` proposes periods by rules. Nothing here changes the archive: what they find becomes verdicts on fields.
"""
