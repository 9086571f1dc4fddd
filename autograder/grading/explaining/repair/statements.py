"""Single edits of a program's statements: left out, moved, swapped with the next, of another kind, or one more.

Each is made of the program's own parts; what comes of it is not known here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import permutations

from autograder.grading.explaining.repair.change import Change, Splice, Text, last_line
from autograder.grading.explaining.repair.names import Names
from autograder.grading.explaining.repair.slips import slips
from autograder.language import later, tr

_COMPOUND = ast.If | ast.For | ast.While | ast.With | ast.Try
_LOOPS = ast.For | ast.While
#: The effort of what is tried before all else: there is one such change at most, and it is the classic one.
_EVERYWHERE = -1.0
#: Names on the left of one assignment that are tried in every order: of four there are 24.
_MOST_UNPACKED = 4
#: What is raised where a promise to refuse something is kept.
_REFUSALS = ("ValueError", "TypeError", "KeyError", "IndexError")
_WRITING = ("write", "writelines")


def statement_edits(text: Text, function: ast.FunctionDef, names: Names, *, numeric: bool) -> Iterator[Change]:
    """Yield every single edit of a statement of a function."""
    body = _without_docstring(function.body)
    yield from _block(text, body, names, in_loop=False)
    if not body:
        return
    yield from _at_the_top(text, body, names, numeric=numeric)
    yield from _of_defaults(text, function, body[0])
    yield from _at_the_end(text, body[-1], names)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    return body[1:] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else body


def _block(
    text: Text, block: Sequence[ast.stmt], names: Names, outer: tuple[ast.stmt, ...] = (), *, in_loop: bool
) -> Iterator[Change]:
    """Yield edits of the statements of one block; `outer` are the compound statements around it, outermost first."""
    for index, statement in enumerate(block):
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            if isinstance(statement, ast.FunctionDef):
                yield from _block(text, statement.body, names, in_loop=False)
            continue
        following = block[index + 1] if index + 1 < len(block) else None
        several = statement.end_lineno != statement.lineno
        without = later("without them") if several else later("without it")
        # Who refuses something was asked to: what it refuses is wrong sooner than that it does.
        refuses = any(isinstance(node, ast.Raise) for node in ast.walk(statement))
        yield text.put(statement, statement, "pass", without, 1.1 if refuses else 0.95)
        yield from _as_another(text, statement, names, in_loop=in_loop)
        if following is not None:
            yield from _with_next(text, statement, following)
        if in_loop and not isinstance(statement, ast.Break | ast.Continue | ast.Return):
            yield _after(text, statement, "break", later("with a break after it"), 1.5)
            yield _after(text, statement, "continue", later("with a continue after it"), 1.7)
        for name in names.own if in_loop else ():
            yield _after(text, statement, f"return {name}", later("with a return after it"), 1.8)
        if not isinstance(statement, _COMPOUND):
            for around in outer:
                what = later("one block further out") if around is outer[-1] else later("some blocks further out")
                yield _moved(text, statement, around, text.indent(around), what, 1.0 if following is None else 1.4)
        else:
            yield from _compound(text, statement, following, names)
            if isinstance(statement, _LOOPS):
                yield from _overwritten(text, statement)
                yield from _carried(text, statement, names)
            yield from _started_anew(text, statement, block[:index])
            inner = in_loop or isinstance(statement, _LOOPS)
            for part in ("body", "orelse", "finalbody"):
                yield from _block(text, getattr(statement, part, []), names, (*outer, statement), in_loop=inner)


def _as_another(text: Text, node: ast.stmt, names: Names, *, in_loop: bool) -> Iterator[Change]:
    """Yield a statement of another kind with the same parts."""
    for _, other in slips(node):
        if isinstance(other, ast.AugAssign):
            yield text.put(node, node, ast.unparse(other), later("with another operation there"))
    if in_loop and not isinstance(node, _COMPOUND):
        for word in ("continue", "break"):
            yield text.put(node, node, word, later("with another statement there"), 1.6)
    if _stands_for_a_refusal(node):
        for kind in _REFUSALS:
            yield text.put(node, node, f"raise {kind}", later("with an exception raised there"), 0.9)
    if isinstance(node, ast.Expr):
        yield from _of_expression(text, node, names)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield from _of_return(text, node, node.value, names, in_loop=in_loop)
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        yield from _of_assignment(text, node, node.targets[0], names)
    elif isinstance(node, ast.AugAssign):
        yield from _of_addition(text, node, names)


def _stands_for_a_refusal(node: ast.stmt) -> bool:
    """Whether nothing but a fixed value is returned there, or something printed, as where an exception is due."""
    if isinstance(node, ast.Return):
        value = node.value.operand if isinstance(node.value, ast.UnaryOp) else node.value
        empty = isinstance(value, ast.List | ast.Tuple) and not value.elts
        return value is None or isinstance(value, ast.Constant) or empty
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"


def _of_expression(text: Text, node: ast.Expr, names: Names) -> Iterator[Change]:
    """Yield what else can be done with a value that nothing is done with."""
    value, call = text.segment(node.value), node.value
    yield text.put(node, node, f"return {value}", later("with a return there"), 1.0)
    yield text.put(node, node, f"print({value})", later("with its value printed"), 1.2)
    if isinstance(node.value, ast.Attribute | ast.Name):
        yield text.put(node, node, f"{value}()", later("with round brackets after it"), 0.7)
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
        owner = text.segment(call.func.value)
        if call.func.attr in _WRITING:
            yield _after(text, node, f"{owner}.close()", later("with the file closed after it"), 0.9)
        else:
            yield text.put(node, node, f"{owner} = {value}", later("with its result kept"), 1.3 if call.args else 0.9)
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names.shared:
        for name in (each for each in names.own if each not in names.parameters):
            yield text.put(node, node, f"{name} += {value}", later("with its result used"), 1.0)
            yield text.put(node, node, f"{name} = {value}", later("with its result used"), 1.1)
    if isinstance(call, ast.Call) and call.args:
        argument = text.segment(call.args[0])
        yield text.put(node, node, f"return {argument}", later("with a return there"), 0.9)
        if isinstance(call.func, ast.Attribute):
            owner = text.segment(call.func.value)
            for wrapped in (f"[{argument}]", argument, f"list({argument})"):
                yield text.put(node, node, f"{owner} += {wrapped}", later("with another statement there"), 1.4)
    if isinstance(node.value, ast.Compare) and isinstance(node.value.left, ast.Name):
        set_ = f"{node.value.left.id} = {text.segment(node.value.comparators[0])}"
        yield text.put(node, node, set_, later("with an assignment in place of the comparison"), 0.8)


def _of_return(text: Text, node: ast.Return, returned: ast.expr, names: Names, *, in_loop: bool) -> Iterator[Change]:
    """Yield a value that isn't returned, or is added to a sum, or what a method was called of in its place."""
    value = text.segment(returned)
    yield text.put(node, node, value, later("without the return"), 1.3)
    for name in names.added_to if in_loop else ():
        yield text.put(node, node, f"{name} += {value}", later("with its value added in place of the return"), 1.0)
    for attribute in names.attributes:
        if attribute != value:
            yield text.put(node, node, f"return {attribute}", later("with another value to return"), 0.9)
    if isinstance(returned, ast.Call) and isinstance(returned.func, ast.Attribute):
        then = f"{value}\n{text.indent(node)}return {text.segment(returned.func.value)}"
        yield text.put(node, node, then, later("with another value to return"), 1.1)


def _of_assignment(text: Text, node: ast.Assign, left: ast.expr, names: Names) -> Iterator[Change]:
    """Yield what else can be done with a value than giving it a name."""
    target, value = text.segment(left), text.segment(node.value)
    if isinstance(node.value, ast.UnaryOp) and isinstance(node.value.op, ast.USub | ast.UAdd):  # `a =- b` for `a -= b`
        sign = "-=" if isinstance(node.value.op, ast.USub) else "+="
        turned = f"{target} {sign} {text.segment(node.value.operand)}"
        yield text.put(node, node, turned, later("with another assignment there"), 0.4)
    yield text.put(node, node, f"return {value}", later("with a return there"), 1.4)
    for sign in ("+=", "-=", "*="):
        yield text.put(node, node, f"{target} {sign} {value}", later("with another assignment there"), 1.3)
    yield text.put(node, node, f"{target} += [{value}]", later("with another assignment there"), 1.6)
    yield text.put(node, node, f"{target}.append({value})", later("with another statement there"), 1.4)
    if isinstance(node.value, ast.Call):
        yield text.put(node, node, value, later("with nothing assigned there"), 0.9)
    if isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Add):
        appended = f"{target}.append({text.segment(node.value.right)})"
        yield text.put(node, node, appended, later("with another statement there"), 1.2)
    yield from _of_left(text, left, names)
    yield from _unpacked(text, left)
    if isinstance(left, ast.Tuple) and not isinstance(node.value, ast.Tuple):
        first = text.segment(left.elts[0]) if left.elts else target
        yield text.put(node, node, f"{first} = {value}", later("with another name on the left"), 1.5)


def _unpacked(text: Text, left: ast.expr) -> Iterator[Change]:
    """Yield the names that are given the parts of a value in every other order, those of two exchanged first."""
    if not isinstance(left, ast.Tuple | ast.List) or not 2 <= len(left.elts) <= _MOST_UNPACKED:
        return
    parts, what = [text.segment(each) for each in left.elts], later("with the names on the left in another order")
    for order in () if any(isinstance(each, ast.Starred) for each in left.elts) else permutations(parts):
        moved = sum(one != other for one, other in zip(order, parts, strict=True))
        if moved:
            yield text.put(left.elts[0], left.elts[-1], ", ".join(order), what, 0.8 if moved == 2 else 1.2)


def _of_left(text: Text, left: ast.expr, names: Names) -> Iterator[Change]:
    """Yield another name for one that is set and nothing reads. In a method that can be an attribute, which was meant,
    most likely.
    """
    if not isinstance(left, ast.Name):
        return
    unread, what = left.id not in names.read, later("with another name on the left")
    if names.parameters[:1] == ["self"]:
        yield text.put(left, left, f"self.{left.id}", what, -1.0 if unread else 0.8)
    for name in names.own if unread else ():
        if name != left.id:
            yield text.put(left, left, name, what, 0.5)


def _of_addition(text: Text, node: ast.AugAssign, names: Names) -> Iterator[Change]:
    """Yield what else can be done with a value than adding it, say, to a name's."""
    target, value = text.segment(node.target), text.segment(node.value)
    yield from _of_left(text, node.target, names)
    yield text.put(node, node, f"{target} = {value}", later("with another assignment there"), 1.2)
    if isinstance(node.op, ast.Add):
        yield text.put(node, node, f"{target} *= {value}", later("with another operation there"), 1.2)
    if isinstance(node.target, ast.Name):  # of an argument, or under a second name, only a new value harms nothing
        new = ast.unparse(ast.BinOp(node.target, node.op, node.value))
        what = later("with a new value there, and the old one not changed in place")
        yield text.put(node, node, f"{target} = {new}", what, 1.35)
    yield text.put(node, node, f"{target} = {value} + {target}", later("in another order"), 1.4)
    for wrapped in (f"[{value}]", f"({value},)", f"list({value})"):
        yield text.put(node, node, f"{target} += {wrapped}", later("with another value to add"), 1.0)
    yield text.put(node, node, f"{target}.append({value})", later("with another statement there"), 1.1)
    if isinstance(node.value, ast.Call):
        yield text.put(node, node, value, later("with nothing assigned there"), 0.9)


def _with_next(text: Text, node: ast.stmt, following: ast.stmt) -> Iterator[Change]:
    indent = text.indent(node)
    splices = (
        Splice(text.start(node), text.end(node), text.block([following], indent)),
        Splice(text.start(following), text.end(following), text.block([node], indent)),
    )
    effort = 0.9 if isinstance(node, ast.Expr) and isinstance(following, ast.Expr) else 1.3
    yield Change(splices, later("in another order"), node.lineno, last_line(following), effort)
    yield from _at_once(text, node, following)
    if isinstance(node, _COMPOUND):
        inner = text.indent(node.body[-1])
        if inner != indent:
            yield _moved(text, following, node.body[-1], inner, later("one block further in"), 1.2)
        if isinstance(node, ast.If | ast.For | ast.While) and node.orelse:
            yield _moved(text, following, node.orelse[-1], inner, later("one block further in"), 1.5)
    if isinstance(node, ast.If) and isinstance(following, ast.If) and not node.orelse:
        yield text.put(following, following, _elif(text, following), later("with elif in place of if"), 1.0)
    if isinstance(node, ast.If) and not node.orelse and not isinstance(following, ast.If):
        else_ = f"else:\n{indent}    {text.block([following], indent + '    ')}"
        yield text.put(following, following, else_, later("with an else before it"), 1.3)


def _at_once(text: Text, node: ast.stmt, following: ast.stmt) -> Iterator[Change]:
    """Yield two assignments made one, of which the second reads what the first has set."""
    if not (isinstance(node, ast.Assign) and isinstance(following, ast.Assign)):
        return
    both, set_ = (node, following), ast.unparse(node.targets[0])
    if set_ in {ast.unparse(each) for each in ast.walk(following.value) if isinstance(each, ast.expr)}:
        targets = ", ".join(text.segment(each.targets[0]) for each in both)
        values = ", ".join(f"({text.segment(each.value)})" for each in both)
        whole = f"{targets} = {values}"
        yield text.put(node, following, whole, later("with both assigned at once"), 0.9)


def _elif(text: Text, node: ast.If) -> str:
    return "el" + text.segment(node)


def _moved(text: Text, node: ast.stmt, after: ast.stmt, indent: str, what: str, effort: float) -> Change:
    """Take a statement from its place and put it after another one."""
    end = text.end(after)
    added = Splice(end, end, f"\n{indent}{text.block([node], indent)}")
    return Change((_left_out(text, node), added), what, node.lineno, last_line(node), effort)


def _put_before(text: Text, node: ast.stmt, other: ast.stmt, what: str, effort: float) -> Change:
    """Take a statement from its place and put it before another one."""
    start, indent = text.start(other), text.indent(other)
    added = Splice(start, start, f"{text.block([node], indent)}\n{indent}")
    return Change(tuple(sorted((_left_out(text, node), added))), what, node.lineno, last_line(node), effort)


def _left_out(text: Text, node: ast.stmt) -> Splice:
    return Splice(text.start(node), text.end(node), "pass")


def _after(text: Text, node: ast.stmt, added: str, what: str, effort: float) -> Change:
    end, line = text.end(node), last_line(node)
    return Change((Splice(end, end, f"\n{text.indent(node)}{added}"),), what, line, line, effort)


def _at_start(text: Text, node: ast.stmt, added: str, what: str, effort: float) -> Change:
    """Put other code before a statement."""
    return _other_word(text, node, "", added, what, effort)


def _other_word(text: Text, node: ast.stmt, word: str, other: str, what: str, effort: float) -> Change:
    """Begin a statement with another word than it does."""
    start = text.start(node)
    return Change((Splice(start, start + len(word), other),), what, node.lineno, node.lineno, effort)


def _compound(text: Text, node: ast.stmt, following: ast.stmt | None, names: Names) -> Iterator[Change]:
    """Yield what can be done to an `if` or a loop as a whole."""
    if not isinstance(node, ast.If | ast.For | ast.While):
        return
    indent, last = text.indent(node), node.body[-1]
    if len(node.body) > 1 and isinstance(node, _LOOPS):
        yield _moved(text, node.body[0], node, indent, later("one block further out"), 1.6)
        yield _put_before(text, node.body[0], node, later("before the loop"), 1.2)
    head = text.source[text.start(node) : text.start(node.body[0])].decode()
    if isinstance(node, ast.If):
        yield text.put(node.test, node.test, f"({text.segment(node.test)}) and False", later("without this block"), 1.6)
        if not node.orelse and head.startswith("if"):
            yield _other_word(text, node, "if", "while", later("with while in place of if"), 1.3)
        if node.orelse:
            yield from _else(text, node, indent)
        elif len(node.body) == 1:
            yield from _kept_else(text, node, names)
    if isinstance(node, ast.While):
        yield _other_word(text, node, "while", "if", later("with if in place of while"), 1.5)
    if isinstance(node, _LOOPS):
        yield _after(text, last, "break", later("with a break after it"), 1.4)


def _overwritten(text: Text, loop: ast.For | ast.While) -> Iterator[Change]:
    """Add what every round gives to a name, in place of setting that anew: the loop reads it nowhere, so that all but
    the last round would be for nothing.
    """
    inside = [node for statement in loop.body for node in ast.walk(statement)]
    read = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    for node in (each for each in inside if isinstance(each, ast.Assign) and len(each.targets) == 1):
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id not in read:
            added = f"{target.id} = {target.id} + ({text.segment(node.value)})"
            yield text.put(node, node, added, later("with another assignment there"), 0.2)


def _carried(text: Text, loop: ast.For | ast.While, names: Names) -> Iterator[Change]:
    """Carry something else to the next round: a result under a name, too, that every round reads and none changes; or
    an entry that was set in place of a name."""
    inside = [node for statement in loop.body for node in ast.walk(statement)]
    stored = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    read = dict.fromkeys(node.id for node in inside if isinstance(node, ast.Name) and node.id in names.own)
    assigned = [node for node in inside if isinstance(node, ast.Assign)]
    entries = [text.segment(node.targets[0]) for node in assigned if isinstance(node.targets[0], ast.Subscript)]
    for node in assigned:
        for name in (each for each in read if each not in {*stored, *names.counters}):
            yield _at_start(text, node, f"{name} = ", later("with its result kept for the next round, too"), 1.3)
        for entry in entries if isinstance(node.value, ast.Name) else ():
            yield text.expression(node.value, entry, later("another expression"), 1.2)


def _started_anew(text: Text, node: ast.stmt, before: Sequence[ast.stmt]) -> Iterator[Change]:
    """Put what sets a name before a loop at the start of the loop, or of one in it: of those that set it again."""
    starts = [
        (each.targets[0].id, each)
        for each in before
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    ]
    for loop in (each for each in ast.walk(node) if isinstance(each, _LOOPS) and each.body):
        again = {each.id for each in ast.walk(loop) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        if text.indent(loop.body[0]) != text.indent(loop):
            for name, start in starts:
                if name in again:
                    yield _put_before(text, start, loop.body[0], later("inside the loop"), 1.1)


def _kept_else(text: Text, node: ast.If, names: Names) -> Iterator[Change]:
    """Yield an else that keeps as it is what the block adds to something when it has changed it."""
    (only,) = node.body
    call = only.value if isinstance(only, ast.Expr) and isinstance(only.value, ast.Call) else None
    for name in dict.fromkeys(names.counters):
        added = ""
        if isinstance(only, ast.AugAssign) and isinstance(only.op, ast.Add):
            added = f"{text.segment(only.target)} += {name}"
        elif call is not None and isinstance(call.func, ast.Attribute) and call.func.attr == "append":
            added = f"{text.segment(call.func)}({name})"
        if added:
            inner = text.indent(only) if only.lineno > node.lineno else f"{text.indent(node)}    "
            below = Splice(text.end(only), text.end(only), f"\n{text.indent(node)}else:\n{inner}{added}")
            yield Change((below,), later("with an else below it"), node.lineno, node.lineno, 1.2)


def _else(text: Text, node: ast.If, indent: str) -> Iterator[Change]:
    """Leave out an else, or put what it holds after the block."""
    first, last = node.orelse[0], node.orelse[-1]
    start, end, lines = text.end(node.body[-1]), text.end(last), (first.lineno, last_line(last))
    yield Change((Splice(start, end, ""),), later("without the else"), *lines, 1.2)
    outside = f"\n{indent}{text.block(node.orelse, indent)}"
    yield Change((Splice(start, end, outside),), later("without the else"), *lines, 1.1)
    if isinstance(first, ast.If) and not first.orelse:
        yield text.put(first.test, first.test, "True", later("with else in place of elif"), 1.2)


def _at_the_top(text: Text, body: Sequence[ast.stmt], names: Names, *, numeric: bool) -> Iterator[Change]:
    """Add a case of its own for an empty argument, or a copy of it."""
    first = body[0]
    indent = text.indent(first)
    for name in (each for each in names.parameters if each != "self"):
        for value in ("0", "[]", name, "None", "False", "True", "()", "''", "1", "{}", "-1"):
            what = (
                tr("with a case of its own before it, for {name} where it is empty or None", name=name)
                if name in names.sequences
                else tr("with a case of its own before it, for {name} where it is 0, empty or None", name=name)
            )
            yield _at_start(text, first, f"if not {name}:\n{indent}    return {value}\n{indent}", what, 1.3)
        for copy in ("{}.copy()", "{}.clone()") if numeric else ("list({})", "{}.copy()", "sorted({})"):
            what = (
                tr("with a sorted copy of {name} made before it", name=name)
                if copy.startswith("sorted")
                else tr("with a copy of {name} made before it", name=name)
            )
            yield _at_start(text, first, f"{name} = {copy.format(name)}\n{indent}", what, 1.4)


def _of_defaults(text: Text, function: ast.FunctionDef, first: ast.stmt) -> Iterator[Change]:
    """Yield a list or a dict that is made anew in each call, for one that is a default and so the same in all."""
    positional = [*function.args.posonlyargs, *function.args.args]
    given = [*zip(positional[::-1], function.args.defaults[::-1], strict=False)]
    given += [
        (name, value) for name, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if value
    ]
    for parameter, value in given:
        if makes_anew(value):
            start, indent, name = text.start(first), text.indent(first), parameter.arg
            guard = f"if {name} is None:\n{indent}    {name} = {text.segment(value)}\n{indent}"
            splices = Splice(text.start(value), text.end(value), "None"), Splice(start, start, guard)
            what = tr("with a new `{value}` for each call, and not one for all", value=text.segment(value))
            yield Change(splices, what, value.lineno, last_line(value), _EVERYWHERE)


def shared_by_objects(text: Text, functions: Sequence[ast.FunctionDef]) -> Iterator[Change]:
    """Yield a list or a dict that each object has, for one that stands in the class and so is the same for all."""
    methods = {id(each) for each in functions}
    for whole in (each for each in text.tree.body if isinstance(each, ast.ClassDef)):
        own = [each for each in whole.body if isinstance(each, ast.FunctionDef)]
        shared = [each for each in whole.body if isinstance(each, ast.Assign) and makes_anew(each.value)]
        starts = [each for each in own if each.name == "__init__"]
        for node in shared if any(id(each) in methods for each in own) else ():
            set_ = f"self.{text.segment(node)}"
            if starts:
                (first, *_) = starts[-1].body
                at = text.start(first)
                added = Splice(at, at, f"{set_}\n{text.indent(first)}")
                splices: tuple[Splice, ...] = (_left_out(text, node), added)
            else:
                indent = text.indent(node)
                made = f"def __init__(self):\n{indent}    {set_}"
                splices = (Splice(text.start(node), text.end(node), made),)
            what = later("with one for each object, and not one for all")
            yield Change(splices, what, node.lineno, last_line(node), _EVERYWHERE)


def makes_anew(value: ast.expr) -> bool:
    """Whether an expression makes a list, a dict or a set."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in ("list", "dict", "set", "defaultdict", "Counter", "deque")
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def _at_the_end(text: Text, last: ast.stmt, names: Names) -> Iterator[Change]:
    """Add one more return after everything."""
    lengths = [f"len({name})" for name in names.parameters]
    for value in [*names.attributes, *names.own[::-1], "0", "[]", "None", "True", "False", *lengths]:
        yield _after(text, last, f"return {value}", later("with a return after it"), 1.0)
