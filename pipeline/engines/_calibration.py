"""From the clues of a character to the chance that it is wrong: fitted by benchmarks/confidence.py --fit, not by hand.

Of 3,752 lines (65,520 characters) drawn in six faces with nine kinds of damage; 9 % of the lines were wrong.
"""

import numpy as np
from numpy.typing import NDArray

WEIGHTS = (
    9.83,
    -3.578,
    3.028,
    -3.806,
    2.109,
    0.195,
    2.939,
    4.484,
    -1.106,
    8.838,
    1.041,
    3.302,
    1.516,
    -1.152,
    -2.231,
    -0.004,
    -0.285,
    -0.107,
    -0.715,
    -0.169,
    -0.045,
    0.765,
    -0.384,
    1.896,
    0.54,
    0.53,
    0.884,
    -0.5,
)
"""Of the clues, in the order of _doubt.clues, in a logistic regression; the first is that of the constant."""
STEPS = (
    (0.0, 0.0),
    (0.00051, 0.00015),
    (0.00081, 0.00031),
    (0.0011, 0.00082),
    (0.00163, 0.00082),
    (0.00276, 0.00115),
    (0.00492, 0.00306),
    (0.01018, 0.00713),
    (0.03052, 0.04276),
    (0.09612, 0.14965),
    (0.25023, 0.31911),
    (0.48956, 0.47872),
    (0.77733, 0.66165),
    (1.0, 1.0),
)
"""(what the regression says, share of such characters that was wrong), rising: straight between them."""
CLUES = len(WEIGHTS)
"""Clues of a character."""


def chance(clues: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each row of `clues` the chance, 0 to 1, that the character is wrong or that one is lost behind it."""
    told = 1 / (1 + np.exp(-np.clip(clues @ np.array(WEIGHTS), -30, 30)))
    said, true = np.array(STEPS).T
    return np.asarray(np.interp(told, said, true), dtype=np.float64)
