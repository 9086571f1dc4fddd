"""Which encoding of two bytes a sign some texts are in, as a Chinese, Japanese or Korean Windows writes them.

It must not know what the texts are.
"""

from __future__ import annotations

from collections.abc import Sequence

#: The first and the second bytes of what is common in names.
WIDE = {
    "gbk": ((0xB0, 0xD7, 0xA1, 0xFE),),
    "cp932": ((0x88, 0x97, 0x40, 0xFC), (0x82, 0x83, 0x40, 0xF1), (0x81, 0x81, 0x58, 0x5B)),
    "big5": ((0xA4, 0xC6, 0x40, 0xFE),),
    "cp949": ((0xB0, 0xC8, 0xA1, 0xFE),),
}
#: The share of common signs from which on an encoding is taken, and below which another one must stay.
_LIKELY, _UNLIKELY = 0.8, 0.7
#: So many signs are all Korean by chance only where they are.
_MANY = 12


def wide_page(raws: Sequence[bytes]) -> str | None:
    """The encoding of two bytes a sign that these texts are in, if one is likely and no other is."""
    shares = {page: _share(raws, page) for page in WIDE}
    signs = sum(not each.isascii() for raw in raws for each in _decoded(raw, "cp949"))
    if shares["cp949"] == 1.0 and signs >= _MANY:  # all that is common in Korean is so in Chinese, too
        shares["gbk"] = 0.0
    best = max(shares, key=shares.__getitem__)
    others = [share for page, share in shares.items() if page != best]
    return best if shares[best] >= _LIKELY and max(others) < _UNLIKELY else None


def _share(raws: Sequence[bytes], page: str) -> float:
    """The share of common signs among those that aren't ASCII; 0 if a text can't be in this encoding."""
    names = [_decoded(raw, page) for raw in raws]
    foreign = [each.encode(page) for name in names for each in name if not each.isascii()]
    return sum(_is_common(sign, page) for sign in foreign) / len(foreign) if foreign and all(names) else 0.0


def _is_common(sign: bytes, page: str) -> bool:
    if len(sign) != 2:
        return False
    return any(low <= sign[0] <= high and least <= sign[1] <= most for low, high, least, most in WIDE[page])


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""
