"""Any text in ASCII, for a terminal, a font or a log that has no more: `‖W‖ ≤ ρ` becomes `||W|| <= rho`.

It must not know LaTeX or Markdown: formulas are turned into Unicode text first, by `mathematics`.
"""

from __future__ import annotations

import re
import unicodedata

_SYMBOLS = str.maketrans(
    {
        "−": "-", "–": "-", "—": "--", "‐": "-", "‑": "-", "·": "*", "⋅": "*", "÷": "/", "⊙": "(.)", "⊗": "(x)",
        "⊕": "(+)", "∗": "*", "⁄": "/", "∕": "/", "±": "+-", "∓": "-+", "√": "sqrt", "∂": "d", "∇": "grad ",
        "∑": "sum", "∏": "prod", "∫": "int", "∞": "inf", "ℓ": "l", "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=",
        "≠": "!=", "≈": "~=", "≃": "~=", "≅": "~=", "≡": "==", "∼": "~", "≪": "<<", "≫": ">>",
        "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "⟹": "=>", "⟺": "<=>", "↦": "|->",
        "∀": "for all ", "∃": "there is ", "¬": "not ", "‖": "||", "∥": "||", "∣": "|", "⟨": "<", "⟩": ">",
        "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "…": "...", "⋯": "...", "⋮": ":", "⋱": "...", "′": "'",
        "″": "''", "†": "+", "⊤": "T", "⊥": "perp", "•": "*", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'",
        "«": '"', "»": '"', "°": " deg", "€": "EUR", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l",
        "ı": "i", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "Œ": "OE", "µ": "u", "ϕ": "φ", "ϵ": "ε", "ϑ": "θ", "ϱ": "ρ",
    }
)  # fmt: skip
_WORDS = {
    "×": "x", "∘": "o", "∝": "prop. to", "∈": "in", "∉": "not in", "⊂": "subset of", "⊆": "subset of", "∪": "union",
    "∩": "intersect", "∧": "and", "∨": "or",
}  # fmt: skip
_WORD = re.compile(f" ?([{''.join(_WORDS)}]) ?")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "o", "π": "pi", "ρ": "rho",
    "ς": "sigma", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_ACCENTS = {"\u0303": "~", "\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot"}
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡᶿ"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
_SCRIPTS = re.compile(f"[{_RAISED}]+|[{_LOWERED}]+")
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK)}]")
_ROOT_OF_A_LETTER = re.compile(r"√(\w+(?:\.\d+)?)")
_ACCENTED_SYMBOL = re.compile(f"(?<=[hxyzHW])[{''.join(_ACCENTS)}]")


def to_ascii(text: str) -> str:
    """Return `text` in printable ASCII (line breaks and tabs kept); a character without a likeness is escaped."""
    if text.isascii():
        return text
    text = _SCRIPTS.sub(_spell_script, text)
    text = _WORD.sub(lambda match: f" {_WORDS[match[1]]} ", text)
    text = _ROOT_OF_A_LETTER.sub(r"sqrt(\1)", text).translate(_SYMBOLS)
    text = _GREEK_LETTER.sub(_spell_greek, text)
    text = _ACCENTED_SYMBOL.sub(lambda match: _ACCENTS[match[0]], unicodedata.normalize("NFD", text))
    text = "".join(character for character in unicodedata.normalize("NFKD", text) if not _is_mark(character))
    return text.encode("ascii", "backslashreplace").decode("ascii")


def _spell_script(match: re.Match[str]) -> str:
    """Write raised or lowered characters as LaTeX would: `ₜ` is `_t`, `ₜ₋₁` is `_{t-1}`, `⁻⁵` is `^-5`.

    A transposed matrix is written as NumPy would, `W.T`: `^T` is a power.
    """
    if match[0] == "ᵀ":
        return ".T " if _letter_at(match.string, match.end()) else ".T"
    mark = "^" if match[0][0] in _RAISED else "_"
    content = to_ascii(unicodedata.normalize("NFKD", match[0]).replace("−", "-"))
    bare = content.isalnum() or len(content) == 1 or (mark == "^" and re.fullmatch(r"-\d+", content))
    after = " " if bare and _letter_at(match.string, match.end()) else ""
    return mark + (content if bare else "{" + content + "}") + after


def _spell_greek(match: re.Match[str]) -> str:
    """Spell a Greek letter as a word that touches no other letter: `2πr` is `2 pi r`."""
    text, start, end = match.string, match.start(), match.end()
    before = " " if start and text[start - 1].isalnum() else ""
    after = " " if _letter_at(text, end) and text[end] not in _GREEK else ""
    return before + _GREEK[match[0]] + after


def _letter_at(text: str, position: int) -> bool:
    return position < len(text) and text[position].isalpha() and text[position] not in _RAISED + _LOWERED


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"
