"""JSON of a value fits one kind of value only, so that reading a record may take the first that fits."""

from dataclasses import MISSING, fields
from itertools import permutations
from typing import get_args

import pytest

from schemas.entity import Value


@pytest.mark.parametrize(("one", "other"), list(permutations(get_args(Value), 2)))
def test_no_json_fits_two_kinds_of_value(one: type, other: type) -> None:
    written = {field.name for field in fields(one)}  # every field is written, and unknown ones are refused
    needed = {field.name for field in fields(other) if field.default is MISSING}
    assert not written <= {field.name for field in fields(other)} or not needed <= written
