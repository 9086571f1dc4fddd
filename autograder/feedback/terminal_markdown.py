"""An author's Markdown on a terminal: mathematics as Unicode or ASCII, code as it was written.

It must not be given a student's text, and must not know what the text belongs to.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.text import Text

from autograder.feedback import mathematics
from autograder.feedback.page import Page

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from rich.console import Console

# Words, some with emphasis, and formulas, with nothing else in them that Markdown could mean something by: no parser is
# imported for them.
_WORDS = r"[^\\`*_$\[\]<>&~|!\n]|(?<=\w)_(?=\w)"
_FORMULA = r"(?<![\w$])\$(?![\s$])[^$\n]*(?<![\s\\])\$(?![\w$])"
_EMPHASIS = r"(?<![^\s(])\*[^\W\d_](?:(?:[^\W_]|[ -])*[^\W_])?\*(?![^\s.,;:?)])"
_SIMPLE = re.compile(rf"(?=[A-Za-z($])(?:{_WORDS}|{_FORMULA}|{_EMPHASIS}|(?<! )\n(?=[A-Za-z($]))*(?<! )")
_STYLES = {"em": "italic", "strong": "bold", "s": "strike", "link": "underline"}
_CODE = "cyan"


def render(markdown: str, console: Console, *, ascii: bool = False) -> None:
    """Print a statement, a hint or a takeaway."""
    write(Page(console, ascii=ascii), markdown)


def write(page: Page, markdown: str, *, first: str | Text = "", rest: str = "") -> None:
    """Write blocks of Markdown on `page`: `first` before the first line, `rest` before the others."""
    simple = _simple(page, markdown.rstrip("\n"))
    if simple is not None:
        page.paragraph(simple, first=first, rest=rest)
        return
    from markdown_it.tree import SyntaxTreeNode

    from autograder.feedback.markdown import parser

    _blocks(page, SyntaxTreeNode(parser().parse(markdown)).children, first, rest)


def title(page: Page, markdown: str, style: str = "") -> Text:
    """Return Markdown as one line of text."""
    simple = _simple(page, markdown.strip(), style)
    if simple is not None:
        return simple
    from autograder.feedback.markdown import parser

    return _inline(page, parser().parseInline(markdown.strip())[0].children or [], style)


def _simple(page: Page, markdown: str, style: str = "") -> Text | None:
    """Return words and formulas as one paragraph; None where there is more to Markdown than these."""
    if not _SIMPLE.fullmatch(markdown):
        return None
    text = Text(style=style)
    for at, piece in enumerate(markdown.replace("\n", " ").split("$")):
        if at % 2:
            text.append(_inline_formula(page, piece))
            continue
        for part, words in enumerate(piece.split("*")):
            text.append("*" if part and page.plain else "")
            text.append(page.spell(words), style=_STYLES["em"] if part % 2 else None)
    return text


def _blocks(page: Page, nodes: list[SyntaxTreeNode], first: str | Text, rest: str, *, loose: bool = True) -> None:
    for position, node in enumerate(nodes):
        if loose and position:
            page.blank()
        _block(page, node, rest if position else first, rest)


def _block(page: Page, node: SyntaxTreeNode, first: str | Text, rest: str) -> None:
    if node.type == "heading":
        page.underlined(_content(page, node, "bold"), indent=str(first))
    elif node.type == "paragraph":
        page.paragraph(_content(page, node), first=first, rest=rest)
    elif node.type in {"fence", "code_block"}:
        page.verbatim(node.content.rstrip("\n"), indent=rest + "    ", style=_CODE)
    elif node.type == "math_block":
        _formula_block(page, _formula(page, node.content), rest + "    ")
    elif node.type in {"bullet_list", "ordered_list"}:
        _list(page, node, first, rest)
    elif node.type == "blockquote":
        bar = "| " if page.ascii else "│ "
        _blocks(page, node.children, first + bar, rest + bar)
    elif node.type == "table":
        _table(page, node, rest)
    elif node.type == "hr":
        page.paragraph(("-" if page.ascii else "─") * 20, first=first)


def _formula_block(page: Page, formula: str, indent: str) -> None:
    """Write a formula on lines of its own; one too wide is broken first where its author left a wide space."""
    for line in formula.split("\n"):
        fits = len(indent) + len(line) <= page.width
        for part in [line] if fits else re.split(r" {2,}", line):
            page.paragraph(Text(part), first=indent, rest=indent + "  ")


def _list(page: Page, node: SyntaxTreeNode, first: str | Text, rest: str) -> None:
    start = int(node.attrs.get("start", 1))
    for position, item in enumerate(node.children):
        bullet = f"{start + position}. " if node.type == "ordered_list" else "* " if page.ascii else "• "
        loose = any(child.type == "paragraph" and not child.hidden for child in item.children)
        if position and loose:
            page.blank()
        before = rest if position else first
        _blocks(page, item.children, before + bullet, rest + " " * len(bullet), loose=loose)


def _table(page: Page, node: SyntaxTreeNode, indent: str) -> None:
    rows = [[_content(page, cell) for cell in row.children] for group in node.children for row in group.children]
    widths = [max(cell.cell_len for cell in column if cell) for column in zip_longest(*rows)]
    if sum(widths) + 2 * len(widths) + len(indent) > page.width:
        _narrow_table(page, rows, indent)
        return
    for position, row in enumerate(rows):
        line = Text("  ").join(_padded(cell, width) for cell, width in zip(row, widths, strict=False))
        (partial(page.underlined, indent=indent) if position == 0 else partial(page.paragraph, first=indent))(line)


def _narrow_table(page: Page, rows: list[list[Text]], indent: str) -> None:
    """Write each row as lines of "heading: value"."""
    for row in rows[1:]:
        for heading, cell in zip(rows[0], row, strict=False):
            page.paragraph(Text.assemble(heading, ": ", cell), first=indent, rest=indent + "  ")
        page.blank()


def _padded(cell: Text, width: int) -> Text:
    cell.pad_right(width - cell.cell_len)
    return cell


def _content(page: Page, node: SyntaxTreeNode, style: str = "") -> Text:
    inline = node.children[0].token if node.children else None
    return _inline(page, inline.children or [] if inline else [], style)


def _inline(page: Page, tokens: list[Token], style: str) -> Text:
    text = Text(style=style)
    styles: list[str] = []
    for token in tokens:
        if token.nesting:
            _change_style(page, token, styles, text)
        else:
            written, own = _piece(page, token)
            text.append(written, style=" ".join([*styles, own]).strip() or None)
    return text


def _change_style(page: Page, token: Token, styles: list[str], text: Text) -> None:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if page.plain and name == "em":
        text.append("*")
    if token.nesting > 0:
        styles.append(_STYLES.get(name, ""))
    else:
        styles.pop()


def _piece(page: Page, token: Token) -> tuple[str, str]:
    """Return what one token writes, and its style."""
    if token.type == "code_inline":
        code = page.spell(token.content)
        return (f"`{code}`", "") if page.plain else (code, _CODE)
    if token.type in {"math_inline", "math_inline_double"}:
        return _inline_formula(page, token.content), ""
    if token.type == "hardbreak":
        return "\n", ""
    return (" " if token.type == "softbreak" else page.spell(token.content)), ""


def _inline_formula(page: Page, latex: str) -> str:
    return page.glued(_formula(page, latex).replace("\n", "; "))


def _formula(page: Page, latex: str) -> str:
    return mathematics.formula_to_ascii(latex) if page.ascii else mathematics.formula_to_unicode(latex)
