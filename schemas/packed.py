"""What is known of each character of a line, as bytes that are told apart only when somebody asks.

A page has a thousand characters: as lists of numbers they were two thirds of its record, and a fifth of the time that
loading it took. Both classes stand for the tuple of their values, which they compare as; `schemas.codec` writes
them as base64, and reads the lists of earlier versions, too.
"""

import struct
from abc import abstractmethod
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from operator import sub
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")

SCALE = 10_000
"""Parts of a whole in which chances are kept, as engines round them."""
_CODES = {"B": "b", "H": "h", "I": "i"}
"""First byte of packed extents, and the `struct` format of the steps."""
_FIRST = 5
"""Bytes before the steps: that code, and the first edge."""


class Packed(Sequence[T]):
    """A sequence that is kept as bytes and compares as the tuple of its values."""

    __slots__ = ("_values", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._values: tuple[T, ...] | None = None

    @classmethod
    @abstractmethod
    def pack(cls, values: Sequence[T]) -> Self:
        """One value or more as bytes; raises ValueError or struct.error where they do not fit."""

    @classmethod
    def packed(cls, values: Sequence[T]) -> bytes:
        """The bytes of values, which may be packed already; raises as `pack` does."""
        return (values if isinstance(values, cls) else cls.pack(values)).data

    @abstractmethod
    def _unpacked(self) -> tuple[T, ...]: ...

    def values(self) -> tuple[T, ...]:
        """All of them."""
        if self._values is None:
            self._values = self._unpacked()
        return self._values

    @abstractmethod
    def __len__(self) -> int: ...

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self.values()[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self.values())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Packed):
            return self.data == other.data or self.values() == other.values()
        return self.values() == other

    def __hash__(self) -> int:
        return hash(self.values())

    def __repr__(self) -> str:
        return repr(self.values())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        return {
            "type": "function-plain",
            "function": {"type": "no-info", "function": cls._read},
            "serialization": {"type": "function-plain", "function": cls._written},
        }

    @classmethod
    def _read(cls, written: object) -> Sequence[T]:
        if isinstance(written, str):
            return cls(a2b_base64(written)) if written else ()
        if isinstance(written, list):
            return tuple(tuple(value) if isinstance(value, list) else value for value in written)  # type: ignore[misc]
        raise ValueError("neither a text nor a list")

    @classmethod
    def _written(cls, values: Sequence[T]) -> str | Sequence[T]:
        if not values:
            return ""
        try:
            return b2a_base64(cls.packed(values), newline=False).decode("ascii")
        except (ValueError, struct.error):
            return values


class Extents(Packed[tuple[int, int]]):
    """Where each character begins and ends along its line, in pixels.

    A code, the first edge as an integer of four bytes, then each further edge as its distance from the one before, in
    integers of one, two or four bytes, as the code says; little-endian.
    """

    __slots__ = ()

    @classmethod
    def pack(cls, values: Sequence[tuple[int, int]]) -> Self:
        """One extent or more as bytes; raises struct.error where an edge does not fit into four bytes."""
        edges = list(chain.from_iterable(values))
        steps = list(map(sub, edges[1:], edges))
        most = max(max(steps), -min(steps))
        code = "B" if most < 0x80 else "H" if most < 0x8000 else "I"
        return cls(struct.pack(f"<ci{len(steps)}{_CODES[code]}", code.encode(), edges[0], *steps))

    def __len__(self) -> int:
        return (self._steps() + 1) // 2

    def _steps(self) -> int:
        return (len(self.data) - _FIRST) // struct.calcsize(_CODES[chr(self.data[0])])

    def _unpacked(self) -> tuple[tuple[int, int], ...]:
        (first,) = struct.unpack_from("<i", self.data, 1)
        steps = struct.unpack_from(f"<{self._steps()}{_CODES[chr(self.data[0])]}", self.data, _FIRST)
        edges = list(accumulate(steps, initial=first))
        return tuple(zip(edges[::2], edges[1::2], strict=True))


class Chances(Packed[float]):
    """The chance of each character to be right, in parts of `SCALE`: two bytes each, little-endian."""

    __slots__ = ()

    @classmethod
    def pack(cls, values: Sequence[float]) -> Self:
        """Chances as bytes; ValueError where one of them has more decimals, which would be lost."""
        parts = [round(value * SCALE) for value in values]
        if [part / SCALE for part in parts] != list(values):
            raise ValueError("more decimals than are kept")
        return cls(struct.pack(f"<{len(parts)}H", *parts))

    def __len__(self) -> int:
        return len(self.data) // 2

    def _unpacked(self) -> tuple[float, ...]:
        return tuple(part / SCALE for part in struct.unpack(f"<{len(self.data) // 2}H", self.data))
