"""Care for archives, so that one stays whole, can join another, and can be shown.

`verifying` and `fixity` prove that an archive agrees with itself and its files, `merge` joins two, `publication` copies
what may be seen.
"""
