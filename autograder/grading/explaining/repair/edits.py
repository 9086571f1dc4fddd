"""Single edits of a program's expressions: another operation, name, number, index, call, condition or order.

Each is made of the program's own names and of a few words of the language; what comes of it is not known here.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, islice, pairwise
from typing import Any

from autograder.grading.explaining.repair.change import Change, Splice, Text
from autograder.grading.explaining.repair.forgotten import forgotten
from autograder.grading.explaining.repair.habits import habits
from autograder.grading.explaining.repair.names import Names, has_one_argument
from autograder.grading.explaining.repair.places import Place, places
from autograder.grading.explaining.repair.repeated import repeated
from autograder.grading.explaining.repair.slips import slips
from autograder.language import later, tr

_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
          ast.MatMult: "@"}  # fmt: skip
_OTHER_SIGNS = {
    ast.Add: ("*", "@", "/"), ast.Sub: ("*", "/"), ast.Mult: ("@", "-", "**", "//"), ast.Div: ("//", "-", "%", "+"),
    ast.FloorDiv: ("%", "*"), ast.Mod: ("//", "/"), ast.BitOr: ("&", "-", "or"), ast.BitAnd: ("|", "and"),
    ast.BitXor: ("**", "|", "&"),
}  # fmt: skip
_OTHER_COMPARISONS = {
    ast.Lt: (">=", "=="), ast.LtE: (">", "==", "!="), ast.Gt: ("<=", "=="), ast.GtE: ("<", "==", "!="),
    ast.Eq: ("in", "<", ">", "<=", ">="), ast.NotEq: ("not in", "<", ">"), ast.In: ("==",), ast.NotIn: ("!=",),
    ast.Is: ("==",), ast.IsNot: ("!=",),
}  # fmt: skip
#: Names that people take for one another.
_FAMILIES = tuple(
    line.split()
    for line in """
    append extend add insert
    remove pop discard
    max min
    any all
    sum mean prod max
    sin cos tan tanh
    sinh cosh tanh
    exp log
    log log2 log10 log1p
    exp exp2 expm1
    zeros ones empty
    zeros_like ones_like empty_like
    dot matmul outer multiply
    argmax argmin
    maximum minimum
    index count find
    keys values items
    lower upper
    ceil floor round
    int float round
    eye ones diag
    cumsum cumprod
    list tuple set sorted
    range enumerate
    vstack hstack stack concatenate
    mul matmul mm
    norm sum
    std var
    relu sigmoid tanh
    startswith endswith
    sqrt square abs
    """.strip().splitlines()
)
#: Names that are tried as another factor or term.
_MOST_NAMES = 8
#: Functions that are tried around what they aren't applied to.
_MOST_APPLIED = 3
#: Names that are most like one which stands there are taken for it most often.
_MOST_TAKEN = 3
#: Names that are tried in each other's places.
_MOST_EXCHANGED = 20
#: From which on a number may be how often something is done, or its bound, and up to which one may be a step.
_LEAST_COUNT, _LARGEST_STEP = 5, 0.1
#: A number of several digits, but few.
_SEVERAL_DIGITS = re.compile(r"[1-9]\d{1,4}|\d{1,3}\.\d{1,4}")
_FROM_BUILTINS = [name for name in dir(builtins) if name.islower() and not name.startswith("_")]


def expression_edits(text: Text, function: ast.FunctionDef, names: Names, *, numeric: bool) -> Iterator[Change]:
    """Yield every edit of an expression of a function, or of several alike. `numeric`: it computes with arrays."""
    yield from habits(text, function, numeric=numeric)
    yield from forgotten(text, function, names)
    edits = [(place, edit) for place in places(function) for edit in _edits(text, place, names, numeric=numeric)]
    yield from (edit for _, edit in edits)
    yield from repeated(text, edits)
    yield from _exchanged(text, function, names.own, 1.4)
    yield from _functions_exchanged(text, function)


def _edits(text: Text, place: Place, names: Names, *, numeric: bool) -> Iterator[Change]:
    if place.role != "func" and isinstance(place.node, ast.Name) and place.node.id in names.not_values:
        return
    yield from _by_slip(text, place)
    for name in names.holding(place.node):
        yield text.put(place.node, place.node, name, f"with {later('another expression')} there", 0.9)
    yield from _by_kind(text, place, names)
    yield from _by_role(text, place, names, numeric=numeric)
    if numeric:
        yield from _of_arrays(text, place, names)
    if isinstance(place.parent, ast.stmt) and place.role == "value":
        yield from _exchanged(text, place.node, names.own, 1.3)


def _exchanged(text: Text, node: ast.AST, names: Sequence[str], effort: float) -> Iterator[Change]:
    """Yield two names in each other's places, wherever they are used below a node."""
    found: dict[str, list[ast.expr]] = {}
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id in names:
            found.setdefault(each.id, []).append(each)
    yield from _in_each_others_places(text, found, effort)


def _functions_exchanged(text: Text, node: ast.AST) -> Iterator[Change]:
    """Yield two functions that people take for one another in each other's places: `torch.tanh`, `torch.sigmoid`."""
    found: dict[str, list[ast.expr]] = {}
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            found.setdefault(text.segment(each.func), []).append(each.func)
    for one, other in combinations(found, 2):
        if other.rpartition(".")[2] in _relatives(one.rpartition(".")[2]):
            yield from _in_each_others_places(text, {one: found[one], other: found[other]}, 1.3)


def _in_each_others_places(text: Text, found: Mapping[str, Sequence[ast.expr]], effort: float) -> Iterator[Change]:
    for one, other in combinations(list(found)[:_MOST_EXCHANGED], 2):
        splices = [Splice(text.start(each), text.end(each), other) for each in found[one]]
        splices += [Splice(text.start(each), text.end(each), one) for each in found[other]]
        lines = sorted({each.lineno for each in (*found[one], *found[other])})
        what = f"with {later('two names exchanged')} there"
        yield Change(tuple(sorted(splices)), what, lines[0], lines[-1], effort, tuple(lines))


_WHAT = {
    ast.BinOp: later("another operation"),
    ast.Compare: later("another comparison"),
    ast.BoolOp: later("another condition"),
    ast.IfExp: later("another condition"),
    ast.UnaryOp: later("another sign"),
    ast.Constant: later("another value"),
    ast.Call: later("another call"),
    ast.Attribute: later("another expression"),
}
_WHAT_OF_SLIPS = {
    "drop left": later("one operand less"),
    "drop right": later("one operand less"),
    "swap operands": later("another order of the operands"),
    "swap args": later("another order of the arguments"),
}


def _by_slip(text: Text, place: Place) -> Iterator[Change]:
    for slip, other in slips(place.node):
        if isinstance(other, ast.expr):
            node = place.node
            what = _WHAT_OF_SLIPS.get(slip) or _WHAT.get(type(node), later("another expression"))
            what = _WHAT[ast.BoolOp] if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else what
            yield text.variant(place.node, other, what)


def _by_kind(text: Text, place: Place, names: Names) -> Iterator[Change]:
    node = place.node
    if isinstance(node, ast.Name):
        yield from _names(text, place, node, names)
    elif isinstance(node, ast.Constant):
        yield from _constants(text, node, names)
    for kind, edits in _BY_KIND:
        if isinstance(node, kind):
            yield from edits(text, node)


def _operations(text: Text, node: ast.BinOp) -> Iterator[Change]:
    left, right = text.segment(node.left), text.segment(node.right)
    for sign in _OTHER_SIGNS.get(type(node.op), ()):
        yield text.expression(node, f"({left}) {sign} ({right})", later("another operation"), 1.5)
    if isinstance(node.op, ast.Add):
        yield text.expression(node, f"({right}) + ({left})", later("another order of the operands"), 1.5)
    yield from _regrouped(text, node)
    yield from _factors_exchanged(text, node)
    yield from _into_call(text, node)


def _comparisons(text: Text, node: ast.Compare) -> Iterator[Change]:
    if len(node.ops) > 1:
        return
    (other,) = node.comparators
    left, right = text.segment(node.left), text.segment(other)
    for sign in _OTHER_COMPARISONS.get(type(node.ops[0]), ()):
        yield text.expression(node, f"({left}) {sign} ({right})", later("another comparison"), 1.2)
    if not isinstance(node.left, ast.Constant) and not isinstance(other, ast.Constant):
        sign = ast.unparse(node)[len(ast.unparse(node.left)) : -len(ast.unparse(other))]
        yield text.expression(node, f"len({left}){sign}len({right})", later("another comparison"), 1.4)


def _other_slices(text: Text, node: ast.Slice) -> Iterator[Change]:
    parts = [text.segment(each) if each else "" for each in (node.lower, node.upper, node.step)]
    for other in _slices(parts):
        yield text.put(node, node, other, f"with {later('another slice')} there", 1.2)


def _attributes(text: Text, node: ast.Attribute) -> Iterator[Change]:
    for other in _relatives(node.attr):
        yield text.expression(node, f"({text.segment(node.value)}).{other}", later("another method or function"), 1.0)
    for value in (f"-{text.segment(node)}", "0", "1", "2") if node.attr == "inf" else ():
        yield text.expression(node, value, later("another value"), 1.4)


def _each_compared(text: Text, node: ast.BoolOp) -> Iterator[Change]:
    """Yield `x in (a, b, c)` for `x == a or b or c`, and `x not in (a, b)` for `x != a and b`."""
    first, *others = node.values
    if (
        not isinstance(first, ast.Compare)
        or len(first.ops) != 1
        or any(isinstance(o, ast.Compare | ast.BoolOp) for o in others)
    ):
        return
    words = {ast.Eq: "in", ast.NotEq: "not in"}
    if (word := words.get(type(first.ops[0]))) is not None:
        members = ", ".join(text.segment(each) for each in (first.comparators[0], *others))
        compared = f"{text.segment(first.left)} {word} ({members},)"
        yield text.expression(node, compared, later("a comparison with each value"), 0.4)


def _regrouped(text: Text, node: ast.BinOp) -> Iterator[Change]:
    """Yield `a + b / c` for `(a + b) / c`, and the other way round; `U @ (r * h)` for `r * (U @ h)`, and for others."""
    regrouped, reordered, sign = later("other parentheses"), later("another order"), _sign(node)
    if isinstance(node.left, ast.BinOp):
        a, b, c = (text.segment(each) for each in (node.left.left, node.left.right, node.right))
        inner = _sign(node.left)
        yield text.expression(node, f"({a}) {inner} (({b}) {sign} ({c}))", regrouped, 1.2)
        yield text.expression(node, f"(({a}) {sign} ({c})) {inner} ({b})", reordered, 1.3)
        if isinstance(node.op, ast.Add | ast.Sub) and isinstance(node.left.op, ast.Add | ast.Sub):
            for tighter in ("*", "@"):  # which binds tighter than the sign that was written
                yield text.expression(node, f"({a}) {inner} ({b}) {tighter} ({c})", later("another operation"), 1.1)
    if isinstance(node.right, ast.BinOp):
        a, b, c = (text.segment(each) for each in (node.left, node.right.left, node.right.right))
        inner = _sign(node.right)
        yield text.expression(node, f"(({a}) {sign} ({b})) {inner} ({c})", regrouped, 1.2)
        yield text.expression(node, f"({b}) {inner} (({a}) {sign} ({c}))", reordered, 1.3)


def _factors_exchanged(text: Text, node: ast.BinOp) -> Iterator[Change]:
    """Yield `a * d + c * b` for `a * b + c * d`, and `a * c + b * d`: which weight is for which of two values."""
    one, other = node.left, node.right
    if not (isinstance(node.op, ast.Add | ast.Sub) and isinstance(one, ast.BinOp) and isinstance(other, ast.BinOp)):
        return
    if isinstance(one.op, ast.Mult) and isinstance(other.op, ast.Mult):
        a, b, c, d = (f"({text.segment(each)})" for each in (one.left, one.right, other.left, other.right))
        for exchanged in (f"{a} * {d} {_sign(node)} {c} * {b}", f"{a} * {c} {_sign(node)} {b} * {d}"):
            yield text.expression(node, exchanged, later("two factors exchanged"), 1.1)


def _into_call(text: Text, node: ast.BinOp) -> Iterator[Change]:
    """Yield `f(a + b)` for `f(a) + b`, and for `a + f(b)`."""
    left, right, what = text.segment(node.left), text.segment(node.right), later("other parentheses")
    for side in (node.left, node.right):
        if isinstance(side, ast.Call) and has_one_argument(side):
            function, inner = text.segment(side.func), text.segment(side.args[0])
            a, b = (inner, right) if side is node.left else (left, inner)
            yield text.expression(node, f"{function}(({a}) {_sign(node)} ({b}))", what, 1.2)


def _out_of_call(text: Text, node: ast.Call) -> Iterator[Change]:
    """Yield `f(a) + b` for `f(a + b)`, and `a + f(b)`."""
    inner = node.args[0] if has_one_argument(node) else None
    if isinstance(inner, ast.BinOp):
        function, what = text.segment(node.func), later("other parentheses")
        left, right = text.segment(inner.left), text.segment(inner.right)
        yield text.expression(node, f"{function}({left}) {_sign(inner)} ({right})", what, 1.1)
        yield text.expression(node, f"({left}) {_sign(inner)} {function}({right})", what, 1.2)


def _sign(node: ast.BinOp) -> str:
    return _SIGNS.get(type(node.op), "+")


def _names(text: Text, place: Place, node: ast.Name, names: Names) -> Iterator[Change]:
    if node.id not in names.known:
        if names.parameters[:1] == ["self"]:
            yield text.put(node, node, f"self.{node.id}", later("with another name there"), 0.2)
        pool = [*names.own, *names.shared, *_FROM_BUILTINS]
        pool.sort(key=lambda name: -_likeness(node.id, name))
        for rank, name in enumerate(pool[:12]):
            yield text.put(node, node, name, later("with another name there"), 0.3 + rank / 10)
        return
    if place.role == "func":
        for other in [*_relatives(node.id), *(name for name in names.shared if name != node.id)]:
            yield text.put(node, node, other, later("with another function there"), 1.0)
        return
    for other in _relatives(node.id) if node.id in _FROM_BUILTINS else ():
        yield text.put(node, node, other, later("with another function there"), 1.0)
    others = sorted(
        (name for name in names.set_before(node) if name != node.id), key=lambda name: -_likeness(node.id, name)
    )
    for rank, name in enumerate(others):
        effort = 1.0 if rank < _MOST_TAKEN else 1.25
        yield text.put(node, node, name, later("with another name there"), effort)
    if node.id in names.own:
        entries = [f"{sequence}[{node.id}]" for sequence in names.sequences if sequence != node.id]
        entries += [f"{node.id}[{counter}]" for counter in dict.fromkeys(names.counters) if counter != node.id]
        for entry in entries:
            yield text.expression(node, entry, tr("another value than {name}", name=node.id), 1.3)


@lru_cache(maxsize=4096)
def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name.lower(), other.lower()).ratio()


def _relatives(name: str) -> list[str]:
    return list(dict.fromkeys(other for family in _FAMILIES if name in family for other in family if other != name))


def _constants(text: Text, node: ast.Constant, names: Names) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool) or value is None:
        for other in ("True", "False", "0", "[]"):
            yield text.expression(node, other, later("another value"), 1.5)
    elif isinstance(value, int | float):
        for other in ("1", "-1", "2", "0.5", repr(-value), "None", "[]"):
            if other != repr(value):
                yield text.expression(node, other, later("another value"), 1.4)
        for name in names.set_before(node):
            yield text.expression(node, name, later("a name in place of the number"), 1.2)
        for name in names.parameters:
            yield text.expression(node, f"len({name})", later("another value in place of the number"), 1.4)
            yield text.expression(node, f"{name}[0]", later("another value in place of the number"), 1.6)
        for other, what in _of_another_size(value):
            yield text.put(node, node, other, f"with {what} there", 1.45)
        for other in _mistyped(text.segment(node)):
            yield text.put(node, node, other, later("with other digits there"), 1.35)


def _mistyped(number: str) -> Iterator[str]:
    """Yield the numbers from which one of several digits comes by a slip of a finger: one less, another, two exchanged.

    Of one digit alone the other values are those that are tried for any number.
    """
    if not _SEVERAL_DIGITS.fullmatch(number):
        return
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    for place in (*places, len(number)):
        yield from (f"{number[:place]}{digit}{number[place:]}" for digit in "123456789" if place > 0)
        if place < len(number):
            yield from (f"{number[:place]}{digit}{number[place + 1 :]}" for digit in "123456789")
    for one, other in pairwise(places):
        if number[other] == number[one]:  # typed twice
            yield f"{number[:other]}{number[other + 1 :]}"
        elif number[other] != "0" or one > 0:
            yield f"{number[:one]}{number[other]}{number[one + 1 : other]}{number[one]}{number[other + 1 :]}"


def _of_another_size(value: float) -> Iterator[tuple[str, str]]:
    """Yield larger numbers than one that may bound or count something, and smaller ones than one that may be a step."""
    if value >= _LEAST_COUNT:
        yield from ((repr(value * 10**power), later("a larger number")) for power in (1, 2, 3))
    elif 0 < value <= _LARGEST_STEP:
        yield from ((repr(value * 10.0**power), later("a smaller number")) for power in (-2, -4))
        yield from ((repr(value * 10.0**power), later("a larger number")) for power in (2, 4))


def _bounds(text: Text, node: ast.Call) -> Iterator[Change]:
    """Yield a call with both of its bounds farther away: `clip(x, -100, 100)` for `clip(x, -10, 10)`."""
    inner = [each.operand if isinstance(each, ast.UnaryOp) else each for each in node.args]
    bounds = [each for each in inner if isinstance(each, ast.Constant) and type(each.value) in (int, float)]
    if len(bounds) == 2 and ast.dump(bounds[0]) == ast.dump(bounds[1]):
        for other, what in _of_another_size(bounds[0].value):  # type: ignore[arg-type]
            splices = tuple(Splice(text.start(each), text.end(each), other) for each in bounds)
            lines = tuple(dict.fromkeys(each.lineno for each in bounds))
            yield Change(splices, f"with {what} there", lines[0], lines[-1], 1.45, lines)


def _calls(text: Text, node: ast.Call) -> Iterator[Change]:
    yield from _bounds(text, node)
    yield from _out_of_call(text, node)
    if any(isinstance(each, ast.Starred) for each in node.args):
        return
    arguments = [text.segment(each) for each in node.args]
    yield from _no_call(text, node, arguments)
    yield from _of_arguments(text, node, arguments)
    if text.segment(node.func) == "set" and len(arguments) == 1:
        kept = later("with something there that keeps the order, which a set doesn't")
        yield text.put(node, node, f"(dict.fromkeys({arguments[0]}))", kept, 1.0)
    yield from _normalized(text, node, node.func, arguments)
    yield from _in_other_order(text, node)
    yield from _of_stacks(text, node, arguments)
    if text.segment(node.func) == "range":
        yield from _ranges(text, node, arguments)


def _no_call(text: Text, node: ast.Call, arguments: Sequence[str]) -> Iterator[Change]:
    """Yield what a call is made of, in its place: its argument, what its method is called on, the function itself."""
    function, nothing = text.segment(node.func), later("no such call")
    if arguments:
        yield text.expression(node, arguments[0], nothing, 1.0 if len(arguments) == 1 else 1.1)
    if len(arguments) == 1:
        yield text.expression(node, f"{function}[{arguments[0]}]", later("square brackets in place of round ones"), 1.2)
    if function.rpartition(".")[2] == "where":  # one of two choices: simpler than to exchange condition and choice
        yield from (text.expression(node, each, nothing, 0.95) for each in arguments[1:])
    if not isinstance(node.func, ast.Attribute):
        return
    owner = text.segment(node.func.value)
    # To leave out a call without arguments is simpler than to put another one in its place.
    yield text.expression(node, owner, nothing, 1.2 if arguments else 0.95)
    if not arguments:
        yield text.expression(node, function, nothing, 1.3)
    if len(arguments) == 1 and node.func.attr in ("append", "extend", "remove"):
        yield text.expression(node, f"{owner} + [{arguments[0]}]", later("another operation"), 1.6)


def _of_arguments(text: Text, node: ast.Call, arguments: Sequence[str]) -> Iterator[Change]:
    """Yield a call without one of its arguments, and with two of them exchanged; the first two are so by a slip."""
    keywords = _keywords(text, node)
    for index in range(len(arguments)) if len(arguments) > 1 else ():
        rest = [*arguments[:index], *arguments[index + 1 :], *keywords]
        yield _called(text, node, rest, later("other arguments"), 1.2)
    for first, second in islice(combinations(range(len(arguments)), 2), 1, None):
        swapped = [*arguments]
        swapped[first], swapped[second] = swapped[second], swapped[first]
        yield _called(text, node, [*swapped, *keywords], later("another order of the arguments"), 1.2)


def _keywords(text: Text, node: ast.Call, but: str = "") -> list[str]:
    """Return the keyword arguments of a call as they stand, but for one."""
    return [
        text.segment(each.value) if each.arg is None else f"{each.arg}={text.segment(each.value)}"
        for each in node.keywords
        if each.arg != but
    ]


def _called(text: Text, node: ast.Call, arguments: Sequence[str], what: str, effort: float) -> Change:
    """Call the same with other arguments."""
    return text.expression(node, f"{text.segment(node.func)}({', '.join(arguments)})", what, effort)


def _normalized(text: Text, node: ast.Call, function: ast.expr, arguments: Sequence[str]) -> Iterator[Change]:
    """Yield `softmax`, which needs an axis, for what makes each entry a share by itself, and the other way round."""
    if not isinstance(function, ast.Attribute):
        return
    first, owner, others = ", ".join(arguments[:1]), text.segment(function.value), list[str]()
    if function.attr == "softmax":
        others = [f"sigmoid({first})", "sigmoid()"]
    elif function.attr in ("sigmoid", "exp") and len(arguments) < 2:
        others = [f"softmax({', '.join([*arguments, axis])})" for axis in ("dim=0", "dim=-1")]
    for other in others:
        yield text.expression(node, f"{owner}.{other}", later("another method or function"), 0.9)


def _in_other_order(text: Text, node: ast.Call) -> Iterator[Change]:
    """Yield what sorts the other way round."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in ("sorted", "sort"):
        kept = [*map(text.segment, node.args), *_keywords(text, node, but="reverse")]
        turned = [] if any(each.arg == "reverse" for each in node.keywords) else ["reverse=True"]
        call = f"{text.segment(node.func)}({', '.join([*kept, *turned])})"
        yield text.put(node, node, call, f"with {later('another order')} there", 0.9)


def _of_stacks(text: Text, node: ast.Call, arguments: Sequence[str]) -> Iterator[Change]:
    """Yield what leaves an entry where it is, for what takes it out, and the other end for one."""
    if not isinstance(node.func, ast.Attribute):
        return
    owner, method = text.segment(node.func.value), node.func.attr
    if method == "pop" and len(arguments) < 2:
        index = arguments[0] if arguments else "-1"
        yield text.expression(node, f"{owner}[{index}]", later("an index in place of the call"), 0.9)
    what = f"with {later('another method or function')} there"
    if method == "insert" and len(arguments) == 2:
        yield text.put(node, node, f"{owner}.append({arguments[1]})", what, 0.9)
    if method == "append" and len(arguments) == 1:
        yield text.put(node, node, f"{owner}.insert(0, {arguments[0]})", what, 1.2)


def _ranges(text: Text, node: ast.Call, arguments: Sequence[str]) -> Iterator[Change]:
    if len(arguments) == 1:
        (end,) = arguments
        for other in (f"1, {end}", f"1, {end} + 1", f"len({end})", f"{end} - 1, -1, -1"):
            yield text.expression(node, f"range({other})", later("another range"), 1.1)
    elif len(arguments) == 2:
        for first, last in (arguments, arguments[::-1]):
            yield text.expression(node, f"range({first}, {last}, -1)", later("another range"), 1.3)


def _subscripts(text: Text, node: ast.Subscript) -> Iterator[Change]:
    value, index = text.segment(node.value), node.slice
    yield text.expression(node, value, later("no such index"), 1.1)
    if isinstance(index, ast.Slice):
        yield from _turned(text, node)
        return
    inner = text.segment(index)
    if isinstance(index, ast.Tuple):
        items = [text.segment(each) for each in index.elts]
        yield text.expression(node, f"({value})[{', '.join(items[::-1])}]", later("another index"), 1.1)
        for each in index.elts:
            if isinstance(each, ast.Slice):
                for other in ("0", "-1"):
                    yield text.put(each, each, other, f"with {later('an index in place of the slice')} there", 1.3)
            else:
                yield text.put(each, each, ":", f"with {later('a slice in place of the index')} there", 1.4)
        return
    yield text.expression(node, inner, later("the index alone"), 1.2)
    yield text.expression(node, f"({value})({inner})", later("round brackets in place of square ones"), 0.9)
    for other in ("0", "-1"):
        if inner != other:
            yield text.expression(node, f"({value})[{other}]", later("another index"), 1.2)
    if not isinstance(index, ast.Constant):
        for other in (f"{inner} + 1", f"{inner} - 1"):
            yield text.put(index, index, other, f"with {later('another index')} there", 0.9)
    if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Add | ast.Sub):  # one step too far is the classic
        yield text.put(index, index, text.segment(index.left), f"with {later('one operand less')} there", 0.5)
    for other in (f":{inner}", f"{inner}:", f":{inner}+1", f"{inner}+1:"):
        yield text.expression(node, f"({value})[{other}]", later("a slice in place of the index"), 1.5)


def _turned(text: Text, node: ast.Subscript) -> Iterator[Change]:
    """Yield what is sorted the other way round, for what is turned round when it is sorted: ties stay in order."""
    call = node.value
    if not isinstance(call, ast.Call) or text.segment(call.func) != "sorted":
        return
    if ast.unparse(node.slice) == "::-1":
        yield from (text.put(node, node, each.splices[0].text, each.what, 0.8) for each in _in_other_order(text, call))


def _slices(parts: Sequence[str]) -> Iterator[str]:
    lower, upper, step = parts
    tail = f":{step}" if step else ""
    if lower:
        yield f":{upper}{tail}"
        yield f"{lower}+1:{upper}{tail}"
        yield f"{lower}-1:{upper}{tail}"
        if not upper:
            yield f":{lower}{tail}"
            yield f":-({lower}){tail}"
    if upper:
        yield f"{lower}:{tail}"
        yield f"{lower}:{upper}+1{tail}"
        yield f"{lower}:{upper}-1{tail}"
        if not lower:
            yield f"{upper}:{tail}"
            yield f"-({upper}):{tail}"
    if not lower:
        yield f"1:{upper}{tail}"
    if not upper:
        yield f"{lower}:-1{tail}"
    if step:
        yield f"{lower}:{upper}"


_AS_VALUE = (
    "list({})", "tuple({})", "({})[::-1]", "sorted({})", "sorted({}, reverse=True)", "len({})", "[{}]", "({})[0]",
    "({})[-1]", "({}) + 1", "({}) - 1", "-({})", "not ({})", "int({})", "str({})", "set({})", "float({})", "abs({})",
)  # fmt: skip
_AS_SIDE = ("({}) + 1", "({}) - 1", "len({})", "[{}]", "list({})", "-({})", "({})[0]")
_AS_ITERATED = (
    "({})[:]", "range(len({}))", "enumerate({})", "range({})", "({})[::-1]", "({})[1:]", "({})[:-1]", "sorted({})",
    "sorted({}, reverse=True)", "range(len({}) - 1)", "range(1, len({}))", "set({})", "list({})", "({}).split()",
)  # fmt: skip
#: What is seldom done to an array.
_OF_LISTS = frozenset(
    {"list({})", "tuple({})", "sorted({})", "sorted({}, reverse=True)", "len({})", "[{}]", "int({})", "str({})",
     "set({})", "float({})", "not ({})"}
)  # fmt: skip
_AS_CONDITION = ("not ({})", "True", "False")
_ROLES: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({"value"}), _AS_VALUE),
    (frozenset({"args", "elt", "left", "right", "comparators", "slice", "lower", "upper"}), _AS_SIDE),
    (frozenset({"iter"}), _AS_ITERATED),
    (frozenset({"test", "ifs"}), _AS_CONDITION),
)


def _by_role(text: Text, place: Place, names: Names, *, numeric: bool) -> Iterator[Change]:
    """Yield what is done to an expression for its place: as a value, a side, a condition, what is looped over."""
    node, what = place.node, later("another expression")
    if place.role == "value" and not isinstance(place.parent, ast.Return | ast.Assign | ast.AugAssign):
        return
    segment = text.segment(node)
    for roles, patterns in _ROLES:
        if place.role in roles and not isinstance(node, ast.Slice | ast.Starred):
            what = {
                "iter": later("another thing to loop over"),
                "test": later("another condition"),
                "ifs": later("another condition"),
            }.get(place.role, what)
            for pattern in patterns:
                of_lists = numeric and pattern in _OF_LISTS
                yield text.expression(node, pattern.format(segment), what, 2.2 if of_lists else 1.4)
    if place.role == "test" and isinstance(node, ast.Compare | ast.BoolOp | ast.Name | ast.Call):
        for name in names.parameters:
            yield text.expression(node, f"{name} and ({segment})", later("one more condition"), 1.6)


_ARRAY_VALUE = {
    1.5: ("({}).T", "({}) ** 2", "1 - ({})", "1 - ({}) ** 2", "-({})", "({}) / 2", "2 * ({})", "({}) ** 0.5"),
    1.9: ("({}).sum()", "({}).mean()", "1 / ({})", "({}).copy()", "({}).clone()", "({}) + 1", "({}).detach()",
          "({})[None]", "({})[:, None]", "({}).sum(axis=0)", "({}).sum(axis=1)", "({}).diagonal()", "({}) ** 0",
          "0 * ({})", "({})[::-1]"),
}  # fmt: skip
"""What an array could be made into, by the effort."""


def _of_arrays(text: Text, place: Place, names: Names) -> Iterator[Change]:
    node = place.node
    if isinstance(node, ast.Slice | ast.Starred) or place.role in ("func", "ctx"):
        return
    segment = text.segment(node)
    if isinstance(node, ast.Name | ast.Call | ast.BinOp | ast.Subscript | ast.Attribute | ast.UnaryOp):
        for effort, patterns in _ARRAY_VALUE.items():
            for pattern in patterns:
                yield text.expression(node, pattern.format(segment), later("another expression"), effort)
    if isinstance(node, ast.BinOp) and not isinstance(place.parent, ast.BinOp):
        for function in names.applied[:_MOST_APPLIED]:
            yield text.expression(node, f"{function}({segment})", later("another call"), 1.45)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult | ast.Div):
        left, right, sign = text.segment(node.left), text.segment(node.right), _sign(node)
        yield text.expression(node, f"({left}).T {sign} ({right})", later("a transpose"), 1.2)
        yield text.expression(node, f"({left}) {sign} ({right}).T", later("a transpose"), 1.2)
        yield text.expression(node, f"({right}) {sign} ({left})", later("another order of the factors"), 1.3)
        yield text.expression(node, f"({right}).T {sign} ({left})", later("another order and a transpose"), 1.5)
        yield text.expression(node, f"({right}) {sign} ({left}).T", later("another order and a transpose"), 1.5)
    if place.role == "value" and isinstance(place.parent, ast.Return | ast.Assign | ast.AugAssign):
        for name in names.set_before(node)[:_MOST_NAMES]:
            for sign in ("*", "/", "+", "-", "@"):
                yield text.expression(node, f"({segment}) {sign} {name}", later("another factor or term"), 1.7)
    if isinstance(place.parent, ast.BinOp) and isinstance(place.parent.op, ast.Add | ast.Sub):
        for name in names.set_before(node)[:_MOST_NAMES]:
            for factor in (f"* {name}", f"@ {name}", f"* (1 - {name})"):
                yield text.expression(node, f"({segment}) {factor}", later("another factor"), 1.8)
    if isinstance(node, ast.Call):
        yield from _axes(text, node)


def _axes(text: Text, node: ast.Call) -> Iterator[Change]:
    segments = [text.segment(each) for each in node.args]
    given = {each.arg for each in node.keywords}
    kept = [f"{each.arg}={text.segment(each.value)}" for each in node.keywords if each.arg]
    for keyword in ("axis=0", "axis=1", "axis=-1", "keepdims=True", "axis=1, keepdims=True"):
        if keyword.partition("=")[0] not in given:
            yield _called(text, node, [*segments, *kept, keyword], later("another axis"), 1.6)


_BY_KIND: tuple[tuple[type[ast.expr], Callable[[Text, Any], Iterator[Change]]], ...] = (
    (ast.BinOp, _operations),
    (ast.Compare, _comparisons),
    (ast.BoolOp, _each_compared),
    (ast.Call, _calls),
    (ast.Subscript, _subscripts),
    (ast.Slice, _other_slices),
    (ast.Attribute, _attributes),
)


def in_order(changes: Collection[Change]) -> list[Change]:
    """Return the likelier first; what makes the same text is tried once."""
    seen: dict[tuple[object, ...], Change] = {}
    for change in sorted(changes, key=lambda each: each.effort):
        seen.setdefault(change.splices, change)
    return list(seen.values())
