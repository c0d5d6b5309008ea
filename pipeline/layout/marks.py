"""Marks with which paragraphs begin and end."""

import re

ENDS = tuple("。！？：；…!?:;”’）)》】")
"""What a paragraph may end with."""
STARTS = re.compile(
    r"^\s*([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百]+[章节条]|\d{1,2}[.．、](?!\d)|[▲●■◆★△○□◇☆※•【])"
)
"""What begins a numbered or marked paragraph."""
