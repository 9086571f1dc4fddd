"""One formula on one line of Unicode, from the MathML that pages show: `hₜ = (1 − zₜ) ⊙ hₜ₋₁`.

What MathML draws in two dimensions (scripts, accents, fractions, roots, matrices) is written here as a person would
type it, with the spaces that TeX would set. It must not know LaTeX, nor where the line will stand.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

Kind = Literal[
    "symbol", "name", "operator", "binary", "sign", "relation", "open", "close", "comma", "dots", "fraction", "text",
    "gap",
]  # fmt: skip


class Atom(msgspec.Struct, frozen=True):
    """One piece of a formula: its text, and what it is to its neighbours. `compound`: a script needs parentheses."""

    text: str
    kind: Kind
    compound: bool = False
    scripted: bool = False


_KINDS: dict[str, Kind] = {
    **dict.fromkeys("+−±∓·×÷⊙⊗⊕∘∗⋆•∪∩∧∨", "binary"),
    **dict.fromkeys("=<>≤≥⩽⩾≠≈≃≅≡∼∝≪≫→←↔⇒⇐⇔⟹⟸⟺⟶↦∈∉∋⊂⊆⊃≔:|⪅⪆≲≳", "relation"),
    **dict.fromkeys("∑∏∫∮⋃⋂", "operator"),
    **dict.fromkeys("([{⟨⌊⌈", "open"),
    **dict.fromkeys(")]}⟩⌋⌉", "close"),
    **dict.fromkeys(",;.", "comma"),
    **dict.fromkeys("⋯…", "dots"),
}
_BARS = frozenset("|‖")
_ALIKE = str.maketrans({"-": "−", "*": "∗", "⋅": "·", "∣": "|", "∥": "‖", "\u2061": "", "\u2062": "", "\u2063": ""})
_ACCENTS = {
    "˜": "\u0303", "~": "\u0303", "ˆ": "\u0302", "^": "\u0302", "¯": "\u0304", "‾": "\u0304", "\u0332": "\u0304",
    "˙": "\u0307", "¨": "\u0308", "→": "\u20d7", "ˇ": "\u030c",
}  # fmt: skip
_MATRIX_FENCES = {"(": ("[", "]")}
_TRANSPOSED = "ᵀ"
"""Of a matrix, and of nothing else: a power of T steps is written ^T."""
_RAISED = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRUVWβγδφχθ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂᵝᵞᵟᵠᵡᶿ",
        strict=True,
    )
) | {"′": "′", "⊤": _TRANSPOSED, "⊺": _TRANSPOSED}
_LOWERED = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_VARIATIONS = "\ufe00\ufe01"
_FENCES = frozenset("()[]{}⟨⟩⌊⌋⌈⌉|‖\u2063")


def text_of(mathml: str) -> str:
    """Return a `<math>` element as text; the rows of an `aligned` are lines."""
    for unseen in ("&ApplyFunction;", "&InvisibleTimes;"):  # of all names of HTML, math-core writes these two
        mathml = mathml.replace(unseen, "")
    if ".</mo>" in mathml or "·</mo>" in mathml:
        mathml = re.sub(r"(?:<mo[^>]*>[.·]</mo>){3}", "<mo>…</mo>", mathml)
    return _joined(_Setter().row(ElementTree.fromstring(mathml))).strip()


class _Setter:
    """Sets one formula, or what stands by itself in one. Bars open and close in turn: it remembers which are open."""

    def __init__(self) -> None:
        self._open_bars: list[str] = []

    def row(self, elements: Iterable[Element]) -> list[Atom]:
        return _with_signs([atom for element in elements for atom in self._atoms(element)])

    def _atoms(self, element: Element) -> list[Atom]:
        match element.tag:
            case "mo":
                return self._operator(element)
            case "mi" | "mn":
                return [_identifier(element)]
            case "mtext":
                return [_words(element)]
            case "mspace":
                return [_gap(element)]
            case "mfrac":
                return [_fraction(element)]
            case "msqrt":
                return [_root([], _Setter().row(element))]
            case "mroot":
                return [_root(_alone(element[1]), _alone(element[0]))]
            case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
                return self._scripts(element)
            case "mtable":
                return [_table(element)]
            case "mphantom" | "annotation":
                return []
        return self._fenced(element) if _is_fence(element) else self.row(element)

    def _operator(self, element: Element) -> list[Atom]:
        symbol = (element.text or "").translate(_ALIKE)
        if not symbol:
            return []
        if symbol in _BARS and element.text != "∣":
            return [self._bar(symbol, element.get("form"))]
        return [Atom(symbol, _kind(symbol, element))]

    def _bar(self, symbol: str, form: str | None) -> Atom:
        if form == "postfix" or (form is None and self._open_bars[-1:] == [symbol]):
            self._open_bars = self._open_bars[:-1]
            return Atom(symbol, "close")
        self._open_bars.append(symbol)
        return Atom(symbol, "open")

    def _fenced(self, element: Element) -> list[Atom]:
        """What `\\left` and `\\right` enclose; either may draw nothing."""
        left, right = ((element[end].text or "").translate(_ALIKE) for end in (0, -1))
        if len(element) == 3 and element[1].tag == "mtable":
            opening, closing = _MATRIX_FENCES.get(left, (left, right))
            inside = _table(element[1]).text
            return [Atom(opening + inside + closing if right else f"{{ {inside} }}", "symbol")]
        return [Atom(left, "open"), *_Setter().row(element[1:-1]), Atom(right, "close")]

    def _scripts(self, element: Element) -> list[Atom]:
        base = _trimmed(self._atoms(element[0]))
        mark = (element[1].text or "") if element.get("accent") else ""
        if mark:
            return [_accented(_joined(base), _ACCENTS.get(mark, mark))]
        marks = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}.get(element.tag, "_^")
        scripts = "".join(_script(script, mark) for mark, script in zip(marks, element[1:], strict=True))
        return _scripted(base, scripts)


def _alone(element: Element) -> list[Atom]:
    return _Setter().row([element])


def _kind(symbol: str, element: Element) -> Kind:
    in_number = symbol == "," and element.get("rspace") == "0"
    return "symbol" if in_number else _KINDS.get(symbol, "symbol")


def _trimmed(atoms: list[Atom]) -> list[Atom]:
    while atoms and atoms[0].kind == "gap":
        atoms = atoms[1:]
    while atoms and atoms[-1].kind == "gap":
        atoms = atoms[:-1]
    return atoms


def _with_signs(atoms: list[Atom]) -> list[Atom]:
    """A minus with nothing to its left is a sign, not an operation (TeXbook, chapter 18)."""
    before: Kind = "open"
    signed: list[Atom] = []
    for position, atom in enumerate(atoms):
        after = next((each.kind for each in atoms[position + 1 :] if each.kind != "gap"), "close")
        if atom.kind == "binary" and before in {"binary", "sign", "relation", "open", "comma", "operator"}:
            atom = replace(atom, kind="sign")
        elif atom.kind == "binary" and after in {"relation", "close", "comma"}:
            atom = replace(atom, kind="symbol")
        before = before if atom.kind == "gap" else atom.kind
        signed.append(atom)
    return signed


def _identifier(element: Element) -> Atom:
    """A letter, a number or a name; only double-struck letters keep their font, which few terminals have."""
    text = (element.text or "").translate(_ALIKE).rstrip(_VARIATIONS)
    font = "" if text.isascii() else unicodedata.name(text[0], "")
    if font.startswith(("MATHEMATICAL", "SCRIPT CAPITAL")) and "DOUBLE-STRUCK" not in font:
        text = unicodedata.normalize("NFKC", text)
    return Atom(text, "name" if len(text) > 1 and text[0].isalpha() else _KINDS.get(text, "symbol"))


def _words(element: Element) -> Atom:
    text = (element.text or "").replace("\u00a0", " ")
    return Atom(text, "text" if text.strip() else "gap")


def _gap(element: Element) -> Atom:
    width = float(element.get("width", "0em").rstrip("rem"))
    return Atom(" " * max(1, int(2 * width)) if width > 0 else "", "gap")


def _is_fence(element: Element) -> bool:
    """Whether a row stands between delimiters that grow with it; of all others MathML says that they don't."""
    ends = [element[0], element[-1]] if len(element) > 1 else []
    return bool(ends) and all(
        end.tag == "mo" and (end.text or "") in _FENCES and not end.get("stretchy") for end in ends
    )


def _table(element: Element) -> Atom:
    rows = [[_joined(_Setter().row(cell)).strip() for cell in row] for row in element]
    if element.get("displaystyle") == "true":  # aligned: what stands side by side there is one formula
        return Atom("\n".join(" ".join(filter(None, row)) for row in rows), "symbol", compound=True)
    return Atom("; ".join(", ".join(row) for row in rows), "symbol")


def _accented(text: str, accent: str) -> Atom:
    letters = f"({text})" if len(text) > 1 else text
    return Atom(unicodedata.normalize("NFC", letters + accent), "symbol")


def _fraction(element: Element) -> Atom:
    above, below = map(_alone, element)
    numerator, denominator = _joined(above), _joined(below)
    if element.get("linethickness") == "0":
        return Atom(f"{numerator} choose {denominator}", "text")
    if any(atom.kind in {"binary", "relation", "fraction"} for atom in _outside_fences(above)):
        numerator = f"({numerator})"
    if not _is_one_factor(below):
        denominator = f"({denominator})"
    return Atom(f"{numerator}/{denominator}", "fraction", compound=True)


def _is_one_factor(atoms: list[Atom]) -> bool:
    factor = [atom for atom in atoms if atom.kind != "gap"]
    if len(factor) > 1 and (factor[0].text in {"∂", "d"} or factor[0].kind == "name"):
        factor = factor[1:]
    if len(factor) > 2 and factor[1].text == "[":  # an entry: h[i]
        factor = factor[1:]
    if len(factor) == 1:
        return not factor[0].compound
    return _is_fenced(factor)


def _is_fenced(atoms: list[Atom]) -> bool:
    closed = len(atoms) > 1 and atoms[0].kind == "open" and atoms[-1].kind == "close"
    return closed and not _outside_fences(atoms)


def _outside_fences(atoms: list[Atom]) -> list[Atom]:
    outside: list[Atom] = []
    depth = 0
    for atom in atoms:
        depth += (atom.kind == "open") - (atom.kind == "close")
        if depth == 0 and atom.kind != "close":
            outside.append(atom)
    return outside


def _root(index: list[Atom], radicand: list[Atom]) -> Atom:
    text = _joined(radicand)
    simple = len(radicand) == 1 and not radicand[0].compound
    raised = "".join(_RAISED.get(character, character) for character in _joined(index, tight=True))
    return Atom(f"{raised}√{text}" if simple else f"{raised}√({text})", "symbol")


def _scripted(base: list[Atom], scripts: str) -> list[Atom]:
    """Scripts belong to the last bracket of what is fenced, and to all of what was grouped otherwise."""
    if len(base) == 1 or _is_fenced(base):
        *before, last = base
        text = f"({last.text})" if last.compound else last.text
        kind = "symbol" if last.kind == "fraction" else last.kind
        return [*before, Atom(text + scripts, kind, scripted=True)]
    return [Atom(f"({_joined(base)}){scripts}" if base else scripts, "symbol", scripted=True)]


def _script(element: Element, mark: str) -> str:
    if mark == "^" and _is_upright_t(element):
        return _TRANSPOSED
    content = _joined(_alone(element), tight=True).replace("″", "′′").replace("‴", "′′′")
    table = _RAISED if mark == "^" else _LOWERED
    if all(character in table for character in content):
        return "".join(table[character] for character in content)
    number = content.removeprefix("−").replace(".", "", 1)
    bare = len(content) == 1 or (number.isdecimal() if mark == "^" else content.isalnum() and content.isascii())
    return mark + (content if bare else f"({content})")


def _is_upright_t(element: Element) -> bool:
    letters = [inside for inside in element.iter() if inside.text]
    return [letter.text for letter in letters] == ["𝖳"] or (
        [(letter.text, letter.get("mathvariant")) for letter in letters] == [("T", "normal")]
    )


def _joined(atoms: list[Atom], *, tight: bool = False) -> str:
    """Join atoms with the spaces that TeX would set; `tight`, as in a script, sets none."""
    pieces: list[str] = []
    previous: Atom | None = None
    gap = ""
    for atom in atoms:
        if atom.kind == "gap":
            gap = max(gap, atom.text, key=len)
            continue
        if previous is not None:
            pieces.append(_space(previous, atom, gap, tight=tight))
        pieces.append(atom.text)
        previous, gap = atom, ""
    return "".join(pieces)


def _space(left: Atom, right: Atom, gap: str, *, tight: bool) -> str:
    if len(gap) > 1:
        return gap
    if tight:
        return " " if left.text[-1:].isalnum() and right.text[:1].isalnum() and _is_wordy(left, right) else ""
    if right.kind in {"close", "comma"}:
        return ""
    if {left.kind, right.kind} & {"binary", "relation"} or left.kind == "comma":
        return " "
    if left.kind in {"open", "sign"} or left.text == "/":
        return ""
    if "text" in {left.kind, right.kind}:
        return gap
    if left.kind == right.kind == "fraction":
        return " · "
    if right.kind == "open" and right.text not in _BARS:
        return " " if left.kind == "operator" else gap
    apart = _is_wordy(left, right) or {left.kind, right.kind} & {"fraction", "dots"} or _are_factors(left, right)
    return " " if apart else gap


def _are_factors(left: Atom, right: Atom) -> bool:
    """Whether two factors would be hard to tell apart: `hₜ xₜ` and `(1 − z) h`, but `2h`, `Wx` and `∂hₜ`, as in TeX."""
    if (
        not (right.text[0].isalnum() or right.text[0] in "|‖∂∇√")
        or left.text[0] in "∂∇"
        or left.text in {"Δ", "δ", "d"}
    ):
        return False
    return left.scripted or left.kind == "close" or (right.scripted and left.text.isalpha())


def _is_wordy(left: Atom, right: Atom) -> bool:
    return (left.kind in {"name", "operator"} and right.text != "/") or right.kind in {"name", "operator"}
