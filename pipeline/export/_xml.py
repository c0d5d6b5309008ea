"""XML made from data: whatever a page says becomes text or the value of an attribute, never markup."""

import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree

Element = Any
"""An element of lxml, which has no types."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (its production Char)."""


def root(tag: str, attributes: Mapping[str, object] | None = None, namespace: str | None = None) -> Element:
    """An outermost element; a namespace gets no prefix."""
    made = etree.Element(etree.QName(namespace, tag), nsmap={None: namespace} if namespace else None)
    _set(made, attributes or {})
    return made


def add(parent: Element, tag: str, attributes: Mapping[str, object] | None = None, text: str | None = None) -> Element:
    """A new last child in the namespace of its parent; attributes that are None are left out."""
    made = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag))
    _set(made, attributes or {})
    if text is not None:
        made.text = fit(text)
    return made


def write(element: Element, out: BinaryIO) -> None:
    """The file, UTF-8, an element a line."""
    out.write(etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def fit(text: str) -> str:
    """Text with a replacement character for each that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def _set(element: Element, attributes: Mapping[str, object]) -> None:
    for name, value in attributes.items():
        if value is not None:
            element.set(name, fit(_told(value)))


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
