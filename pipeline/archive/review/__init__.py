"""What people decide, and what waits for them.

`verdicts` keeps decisions, `queue` puts what waits in the order of what looking at it mends (`gain`), `things` and
`surroundings` say what one item is and what stands around it.
"""
