r"""One formula of LaTeX on one line of Unicode: `h_t = (1 - z_t) \odot h_{t-1}` reads `hₜ = (1 − zₜ) ⊙ hₜ₋₁`.

pylatexenc parses the formula and knows the symbols; scripts, accents, fractions, matrices and the spaces of TeX are
set here, because pylatexenc's own text loses them. It must not know Markdown, nor where the line will stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Kind = Literal[
    "word", "symbol", "operator", "binary", "relation", "open", "close", "comma", "dots", "fraction", "text", "gap"
]

_SMALL_FRACTION = re.compile(r"\\[dtc]frac(?![A-Za-z])")  # pylatexenc knows the arguments of \frac only


_BARE_INDEX = re.compile(r"[A-Za-z0-9]+")
_BARE_POWER = re.compile(r"−?\d+(?:\.\d+)?")


class UnreadableFormula(ValueError):
    """LaTeX that pylatexenc can't parse, or a macro without the argument that it needs."""


def typeset(latex: str) -> str:
    """Return one formula, without its dollars, as Unicode text; the rows of an `aligned` are lines.

    Raises UnreadableFormula where the LaTeX is broken.
    """
    try:
        return _text(_Setter().atoms(_parse(latex))).strip()
    except (_nodes().LatexWalkerError, RecursionError) as broken:
        raise UnreadableFormula(latex) from broken


class Atom(NamedTuple):
    """One piece of a formula: its text, and what it is to its neighbours. `compound`: a script needs parentheses."""

    text: str
    kind: Kind
    compound: bool = False


_BINARY = frozenset("+−±∓·⋅×÷⊙⊗⊕∘∗⋆•∪∩∧∨")
_RELATION = frozenset("=<>≤≥⩽⩾≠≈≃≅≡∼∝≪≫→←↔⇒⇐⇔⟹⟸⟺⟶↦∈∉∋⊂⊆⊃∣≔:⪅⪆≲≳")
_OPERATOR = frozenset("∑∏∫∮⋃⋂")
_OPEN, _CLOSE = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
_TEXT_MACROS = frozenset({"text", "textrm", "textbf", "textit", "texttt", "mbox", "textnormal"})
_FONT_MACROS = frozenset({"mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "boldsymbol", "bm", "mathop"})
_BIG = ("big", "Big", "bigg", "Bigg")
_SIZES: dict[str, Kind | None] = {
    **dict.fromkeys(["left", *(f"{big}l" for big in _BIG)], "open"),
    **dict.fromkeys(["right", *(f"{big}r" for big in _BIG)], "close"),
    **dict.fromkeys(["middle", *_BIG, *(f"{big}m" for big in _BIG)], None),
}
_ACCENTS = {
    "tilde": "\u0303", "widetilde": "\u0303", "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "check": "\u030c",
}  # fmt: skip
_BARS = {"|": "‖", "Vert": "‖", "vert": "|"}
_FIXED: dict[str, tuple[str, Kind]] = {
    "lVert": ("‖", "open"), "rVert": ("‖", "close"), "lvert": ("|", "open"), "rvert": ("|", "close"),
    "langle": ("⟨", "open"), "rangle": ("⟩", "close"), "{": ("{", "open"), "}": ("}", "close"),
    "mid": ("|", "relation"), "colon": (":", "comma"), "prime": ("′", "symbol"), "%": ("%", "symbol"),
}  # fmt: skip
_GAPS = {
    ",": " ", ":": " ", ";": " ", " ": " ", "quad": "  ", "qquad": "    ", "!": "", "displaystyle": "", "limits": "",
    "\\": "\n",
}  # fmt: skip
_DOUBLE_STRUCK = dict(zip("CNPQRZE1", "ℂℕℙℚℝℤ𝔼𝟙", strict=True))
_MATRIX_FENCES = {
    "matrix": ("[", "]"), "pmatrix": ("[", "]"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "smallmatrix": ("[", "]"), "array": ("[", "]"), "cases": ("{ ", " }"),
}  # fmt: skip
_RAISED = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχθ⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡᶿᵀ′",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))


class _Setter:
    """Sets one formula: pylatexenc's nodes to atoms. Bars open and close in turn, so it remembers which are open."""

    def __init__(self) -> None:
        self._open_bars: list[str] = []
        self._forced: Kind | None = None

    def atoms(self, nodes: Iterable[Any]) -> list[Atom]:
        atoms: list[Atom] = []
        for node in nodes:
            if node.isNodeType(_nodes().LatexCharsNode):
                self._characters(node.chars, atoms)
            elif node.isNodeType(_nodes().LatexGroupNode):
                atoms.append(_group(self.atoms(node.nodelist)))
            elif node.isNodeType(_nodes().LatexSpecialsNode):
                self._special(node, atoms)
            elif node.isNodeType(_nodes().LatexMacroNode):
                self._macro(node, atoms)
            elif node.isNodeType(_nodes().LatexEnvironmentNode):
                atoms.append(self._environment(node))
        return atoms

    def _characters(self, characters: str, atoms: list[Atom]) -> None:
        for token in re.findall(r"\d+(?:\.\d+)?|\s+|.", characters):
            if token.isspace():
                atoms.append(Atom(" ", "gap"))
            elif token == "'":
                _attach(atoms, "′")
            elif token == "." and self._forced:
                self._forced = None  # \left. and \right. draw nothing
            else:
                self._symbol({"-": "−", "*": "∗"}.get(token, token), atoms)

    def _symbol(self, symbol: str, atoms: list[Atom]) -> None:
        kind, self._forced = self._forced or self._kind(symbol), None
        atoms.append(Atom(symbol, kind))

    def _kind(self, symbol: str) -> Kind:
        if symbol in "|‖":
            if self._open_bars and self._open_bars[-1] == symbol:
                self._open_bars.pop()
                return "close"
            self._open_bars.append(symbol)
            return "open"
        table: tuple[tuple[frozenset[str], Kind], ...] = (
            (_BINARY, "binary"), (_RELATION, "relation"), (_OPERATOR, "operator"), (_OPEN, "open"), (_CLOSE, "close"),
            (frozenset(",;."), "comma"), (frozenset("⋯…"), "dots"),
        )  # fmt: skip
        return next((kind for symbols, kind in table if symbol in symbols), "symbol")

    def _special(self, node: Any, atoms: list[Atom]) -> None:
        mark = node.specials_chars
        if mark in {"_", "^"}:
            _attach(atoms, _script(_text(self._argument(node), tight=True), mark))
        elif mark != "&":  # an alignment outside a table
            atoms.append(Atom(" ", "gap") if mark == "~" else Atom(mark, "symbol"))

    def _argument(self, node: Any, position: int = -1) -> list[Atom]:
        arguments = node.nodeargd.argnlist if node.nodeargd else []
        if not arguments:
            raise UnreadableFormula(node.latex_verbatim())
        argument = arguments[position]
        if argument is None:
            return []
        inside = argument.nodelist if argument.isNodeType(_nodes().LatexGroupNode) else [argument]
        return _Setter().atoms(inside)

    def _macro(self, node: Any, atoms: list[Atom]) -> None:
        name = node.macroname
        if name in _GAPS:
            atoms.append(Atom(_GAPS[name], "gap"))
        elif name in _SIZES:
            self._forced = _SIZES[name]
        elif name in _FIXED:
            atoms.extend([Atom(*_FIXED[name]), Atom(" " if node.macro_post_space else "", "gap")])
            self._forced = None
        elif name in _BARS:
            self._symbol(_BARS[name], atoms)
        elif drawn := self._drawn(name, node):
            atoms.append(drawn)
        else:
            self._known_symbol(node, atoms)

    def _drawn(self, name: str, node: Any) -> Atom | None:
        """Return what a macro makes of its arguments, if it is one that we draw."""
        if name in _TEXT_MACROS:
            return Atom(_verbatim(node), "text")
        if name in _ACCENTS:
            return _accented(self._argument(node), _ACCENTS[name])
        if name == "not":
            return _accented(self._argument(node), "\u0338")._replace(kind="relation")
        if name == "frac":
            return _fraction(self._argument(node, 0), self._argument(node, 1))
        if name == "sqrt":
            return _root(self._argument(node, 0), self._argument(node, 1))
        if name == "mathbb":
            return Atom("".join(_DOUBLE_STRUCK.get(letter, letter) for letter in _text(self._argument(node))), "symbol")
        if name in _FONT_MACROS or name.startswith("operatorname"):
            return _named(self._argument(node), "word" if name in _FONT_MACROS else "operator")
        return None

    def _known_symbol(self, node: Any, atoms: list[Atom]) -> None:
        symbol = _symbol_of(node.macroname)
        if symbol is not None:
            self._symbol(symbol, atoms)
            if node.macro_post_space and symbol not in "∂∇":  # TeX drops this space; one line reads better with it
                atoms.append(Atom(" ", "gap"))
        elif _is_operator_name(node.macroname):
            atoms.append(Atom(node.macroname, "operator"))
        else:
            arguments = node.nodeargd.argnlist if node.nodeargd else []
            shown = [_group(self._argument(node, i)) for i, argument in enumerate(arguments) if argument is not None]
            atoms.extend(shown or [Atom("\\" + node.macroname, "operator")])

    def _environment(self, node: Any) -> Atom:
        name = node.environmentname.rstrip("*")
        rows = [[_text(_Setter().atoms(cell)).strip() for cell in row] for row in _rows(node.nodelist)]
        if name not in _MATRIX_FENCES:
            return Atom("\n".join(" ".join(filter(None, row)) for row in rows), "symbol", compound=True)
        left, right = _MATRIX_FENCES[name]
        return Atom(left + "; ".join(", ".join(row) for row in rows) + right, "symbol")


def _verbatim(node: Any) -> str:
    written: str = node.latex_verbatim()
    return written.partition("{")[2].removesuffix("}")


def _rows(nodes: Sequence[Any]) -> list[list[list[Any]]]:
    rows: list[list[list[Any]]] = [[[]]]
    for node in nodes:
        if node.isNodeType(_nodes().LatexSpecialsNode) and node.specials_chars == "&":
            rows[-1].append([])
        elif node.isNodeType(_nodes().LatexMacroNode) and node.macroname == "\\":
            rows.append([[]])
        else:
            rows[-1][-1].append(node)
    return [row for row in rows if any(row)]


def _group(atoms: list[Atom]) -> Atom:
    return atoms[0] if len(atoms) == 1 else Atom(_text(atoms), "symbol", compound=len(atoms) > 1)


def _named(atoms: list[Atom], kind: Kind) -> Atom:
    name = _text(atoms)
    return Atom(name, kind if len(name) > 1 else "symbol")


def _accented(atoms: list[Atom], accent: str) -> Atom:
    text = _text(atoms)
    letters = f"({text})" if len(text) > 1 else text
    return Atom(unicodedata.normalize("NFC", letters + accent), "symbol")


def _fraction(above: list[Atom], below: list[Atom]) -> Atom:
    numerator, denominator = _text(above), _text(below)
    if any(atom.kind in {"binary", "relation", "fraction"} for atom in _outside_fences(above)):
        numerator = f"({numerator})"
    if not _is_one_factor(below):
        denominator = f"({denominator})"
    return Atom(f"{numerator}/{denominator}", "fraction", compound=True)


def _is_one_factor(atoms: list[Atom]) -> bool:
    factor = [atom for atom in atoms if atom.kind != "gap"]
    if len(factor) > 1 and (factor[0].text in {"∂", "d"} or _is_function(factor[0])):
        factor = factor[1:]
    if len(factor) > 2 and factor[1].text == "[":  # an entry: h[i]
        factor = factor[1:]
    if len(factor) == 1:
        return not factor[0].compound
    fenced = len(factor) > 1 and factor[0].kind == "open" and factor[-1].kind == "close"
    return fenced and not _outside_fences(factor)


def _is_function(atom: Atom) -> bool:
    return atom.kind == "operator" and atom.text[0].isalpha()


def _outside_fences(atoms: list[Atom]) -> list[Atom]:
    outside: list[Atom] = []
    depth = 0
    for atom in atoms:
        depth += (atom.kind == "open") - (atom.kind == "close")
        if depth == 0 and atom.kind != "close":
            outside.append(atom)
    return outside


def _root(index: list[Atom], radicand: list[Atom]) -> Atom:
    text = _text(radicand)
    simple = len(radicand) == 1 and not radicand[0].compound
    raised = "".join(_RAISED.get(character, character) for character in _text(index, tight=True))
    return Atom(f"{raised}√{text}" if simple else f"{raised}√({text})", "symbol")


def _attach(atoms: list[Atom], script: str) -> None:
    while atoms and atoms[-1].kind == "gap":
        atoms.pop()
    base = atoms.pop() if atoms else Atom("", "symbol")
    text = f"({base.text})" if base.compound else base.text
    # A script that stayed on the line is a word: what follows must not run into it.
    kind: Kind = "word" if base.kind == "symbol" and script[0] in "_^" and script[-1].isalnum() else base.kind
    atoms.append(Atom(text + script, kind if kind != "fraction" else "symbol"))


def _script(content: str, mark: str) -> str:
    table = _RAISED if mark == "^" else _LOWERED
    if content and all(character in table for character in content):
        return "".join(table[character] for character in content)
    bare = len(content) == 1 or (_BARE_INDEX if mark == "_" else _BARE_POWER).fullmatch(content)
    return mark + (content if bare else f"({content})")


def _text(atoms: list[Atom], *, tight: bool = False) -> str:
    """Join atoms with the spaces that TeX would set; `tight`, as in a script, sets none."""
    pieces: list[str] = []
    previous: Atom | None = None
    gap = ""
    visible = [atom for atom in atoms if atom.kind != "gap"]
    position = 0
    for atom in atoms:
        if atom.kind == "gap":
            gap = atom.text if len(atom.text) > len(gap) or "\n" in atom.text else gap
            continue
        position += 1
        following = visible[position] if position < len(visible) else None
        atom = _unary(previous, atom, following)
        if previous is not None:
            pieces.append(_space(previous, atom, gap, tight=tight))
        pieces.append(atom.text)
        previous, gap = atom, ""
    return "".join(pieces)


def _unary(previous: Atom | None, atom: Atom, following: Atom | None) -> Atom:
    """A minus with nothing to its left is a sign, not an operation (TeXbook, chapter 18)."""
    if atom.kind != "binary":
        return atom
    no_left = previous is None or previous.kind in {"binary", "relation", "open", "comma", "operator"}
    no_right = following is None or following.kind in {"relation", "close", "comma"}
    return atom._replace(kind="open") if no_left else atom._replace(kind="symbol") if no_right else atom


def _space(left: Atom, right: Atom, gap: str, *, tight: bool) -> str:
    if len(gap) > 1 or gap == "\n":
        return gap
    if tight:
        return " " if left.text[-1:].isalnum() and right.text[:1].isalnum() and _is_wordy(left, right) else ""
    if right.kind in {"close", "comma"}:
        return ""
    if {left.kind, right.kind} & {"binary", "relation"} or left.kind == "comma":
        return " "
    if left.kind == "open" or "text" in {left.kind, right.kind}:
        return ""
    if left.kind == right.kind == "fraction":
        return " · "
    if right.kind == "open":
        return " " if left.kind == "operator" and right.text in "|‖" else gap
    return " " if _is_wordy(left, right) or {left.kind, right.kind} & {"fraction", "dots"} else gap


def _is_wordy(left: Atom, right: Atom) -> bool:
    return (left.kind in {"operator", "word"} and right.text != "/") or right.kind == "operator"


def _parse(latex: str) -> list[Any]:
    walker = _nodes().LatexWalker(_SMALL_FRACTION.sub(r"\\frac", latex), tolerant_parsing=False)
    nodes: list[Any] = walker.get_latex_nodes(parsing_state=walker.make_parsing_state(in_math_mode=True))[0]
    return nodes


@lru_cache(maxsize=1)
def _nodes() -> Any:
    from pylatexenc import latexwalker

    return latexwalker


@lru_cache(maxsize=1)
def _symbols() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


def _symbol_of(macro: str) -> str | None:
    symbol = getattr(_symbols().get_macro_spec(macro), "simplify_repl", None)
    return symbol if isinstance(symbol, str) and "%" not in symbol else None


def _is_operator_name(macro: str) -> bool:
    spec = _symbols().get_macro_spec(macro)
    return getattr(spec, "macroname", None) == macro and callable(getattr(spec, "simplify_repl", None))
