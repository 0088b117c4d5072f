"""What `mutants.py` may change of a file: small mistakes that a hand could make, one at a time.

Drawn are places in the bodies of functions: comparisons, boolean and arithmetic operators, `not`, conditions, numbers,
True and False, what is returned or yielded, slices and indices, calls that have an opposite (min and max, any and all,
startswith and endswith), strings that are compared, statements that can be left out, break and continue.

Not drawn is what says nothing of behaviour or is no logic: annotations, signatures, decorators, docstrings, f-strings,
messages, `raise` and `assert`, `__repr__`, and everything at module or class level, which is data: words, patterns,
thresholds.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_OPPOSITE = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "partition": "rpartition",
    "rpartition": "partition",
    "find": "rfind",
    "rfind": "find",
    "search": "match",
    "match": "fullmatch",
    "fullmatch": "match",
}
_AFFIXES = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "split"})
_EMPTY = {"str": '""', "int": "0", "list": "[]", "dict": "{}", "set": "set()", "frozenset": "frozenset()"}
_UNSEEN = (ast.JoinedStr, ast.Raise, ast.Assert, ast.arguments)


class Mutation(NamedTuple):
    """One change of one file."""

    path: Path
    operator: str
    statement: str
    """The statement that is changed, as `noted` calls it."""
    place: tuple[int, int]
    """Which node of the file, and which change of it."""
    line: int
    change: str

    @property
    def tree(self) -> ast.Module:
        """The file with the change made."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        number, which = self.place
        node, _, returns = _nodes(tree)[number]
        _, old, new = list(_changes(node, returns))[which]
        return ast.fix_missing_locations(_Replaced(old, new).visit(tree))


class _Replaced(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


def mutations(path: Path) -> Iterator[Mutation]:
    """Yield everything that may be changed in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for number, (node, statement, returns) in enumerate(_nodes(tree)):
        for which, (operator, old, new) in enumerate(_changes(node, returns)):
            change = f"{_short(old)} -> {_short(new)}"
            line = getattr(old, "lineno", statement.lineno)
            yield Mutation(path, operator, _name(path, statement), (number, which), line, change)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 60 else f"{text[:40]} ... {text[-15:]}"


SEEN = "_seen_"
"""The function that is told of each statement; it stands among the builtins."""


def noted(path: Path) -> ast.Module:
    """Return a file that tells of each statement in a function before it is run."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return ast.fix_missing_locations(_Noted(path).visit(tree))


class _Noted(ast.NodeTransformer):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.functions = 0

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        inside = self.functions and isinstance(node, ast.stmt) and not _is_docstring(node)
        self.functions += isinstance(node, ast.FunctionDef)
        self.generic_visit(node)
        self.functions -= isinstance(node, ast.FunctionDef)
        if not inside:
            return node
        name = ast.Constant(_name(self.path, node))
        return [ast.Expr(ast.Call(ast.Name(SEEN, ast.Load()), [name], [])), node]


def _name(path: Path, statement: ast.stmt) -> str:
    return f"{path}:{statement.lineno}"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


Seen = tuple[ast.AST, ast.stmt, str]


def _nodes(tree: ast.Module) -> list[Seen]:
    """Return the nodes inside of functions, with their statement and what their function returns."""
    seen: list[Seen] = []

    def function(node: ast.FunctionDef) -> None:
        if node.name not in ("__repr__", "__str__"):
            returns = ast.unparse(node.returns) if node.returns else ""
            for statement in node.body[ast.get_docstring(node) is not None :]:
                visit(statement, statement, returns)

    def visit(node: ast.AST, statement: ast.stmt, returns: str) -> None:
        if isinstance(node, ast.FunctionDef):
            function(node)
        elif not isinstance(node, _UNSEEN) and not _is_message(node):
            statement = node if isinstance(node, ast.stmt) else statement
            seen.append((node, statement, returns))
            for inner in ast.iter_child_nodes(node):
                if not (isinstance(node, ast.AnnAssign) and inner is node.annotation):
                    visit(inner, statement, returns)

    for owner in ast.walk(tree):
        if isinstance(owner, (ast.Module, ast.ClassDef)):
            for node in owner.body:
                if isinstance(node, ast.FunctionDef):
                    function(node)
    return seen


def _is_message(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "message" for target in node.targets)
    return isinstance(node, ast.keyword) and node.arg == "message"


Change = tuple[str, ast.AST, ast.AST]


def _changes(node: ast.AST, returns: str) -> Iterator[Change]:
    """Yield the changes of one node: the operator's name, what is replaced, and by what."""
    match node:
        case ast.Compare():
            for i, operator in enumerate(node.ops):
                ops = [*node.ops[:i], _COMPARED[type(operator)](), *node.ops[i + 1 :]]
                yield "comparison", node, ast.Compare(node.left, ops, node.comparators)
            for side in (node.left, *node.comparators):
                yield from _emptied(side)
        case ast.BoolOp():
            yield "and, or", node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield "not", node, node.operand
        case ast.If() | ast.IfExp() | ast.While():
            yield from _conditions(node.test, loop=isinstance(node, ast.While))
        case ast.comprehension():
            for condition in node.ifs:
                yield from _conditions(condition)
        case ast.BinOp() if type(node.op) in _ARITHMETIC and not _is_text(node.left) and not _is_text(node.right):
            yield "arithmetic", node, ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
        case ast.Constant(value=bool() as value):
            yield "True, False", node, ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield "number", node, ast.Constant(value + 1)
        case ast.Slice():
            yield from _moved(node)
        case ast.Return(value=ast.expr() as value):
            yield from _returned(value, returns)
        case ast.Expr(value=ast.Yield() | ast.YieldFrom() as value):
            yield "yield", value, _parsed("(yield from ())")
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "statement left out", node, ast.Pass()
        case ast.Break():
            yield "break, continue", node, ast.Continue()
        case ast.Continue():
            yield "break, continue", node, ast.Break()
        case ast.Call():
            yield from _called(node)


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _is_text(node: ast.expr) -> bool:
    """Say whether it is text or a list, of which only a sum exists: any other operator fails at once."""
    return isinstance(node, (ast.JoinedStr, ast.List, ast.Tuple)) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _conditions(test: ast.expr, *, loop: bool = False) -> Iterator[Change]:
    if isinstance(test, ast.Constant):
        return
    if not loop:
        yield "condition", test, ast.Constant(True)
    yield "condition", test, ast.Constant(False)
    if not isinstance(test, ast.UnaryOp):
        yield "not", test, ast.UnaryOp(ast.Not(), test)


def _emptied(node: ast.expr) -> Iterator[Change]:
    """Yield strings made empty, also of a tuple or set."""
    for one in node.elts if isinstance(node, (ast.Tuple, ast.Set, ast.List)) else [node]:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
            yield "string", one, ast.Constant("")


def _moved(node: ast.Slice) -> Iterator[Change]:
    if node.step is not None:
        return
    for name in ("lower", "upper"):
        bound = getattr(node, name)
        # Constants are drawn as numbers.
        if name == "lower" and bound is None:
            yield "slice", node, ast.Slice(ast.Constant(1), node.upper)
        elif bound is not None and not isinstance(bound, ast.Constant):
            ends = {"lower": node.lower, "upper": node.upper, name: ast.BinOp(bound, ast.Add(), ast.Constant(1))}
            yield "slice", node, ast.Slice(**ends)


def _returned(value: ast.expr, returns: str) -> Iterator[Change]:
    if isinstance(value, ast.Constant):
        return
    if returns == "bool":
        yield "return", value, ast.Constant(True)
        yield "return", value, ast.Constant(False)
        return
    kind = returns.partition("[")[0]
    empty = "()" if returns.startswith("tuple") and "..." in returns else _EMPTY.get(kind, "None")
    if ast.unparse(value) != empty:
        yield "return", value, _parsed(empty)


def _called(node: ast.Call) -> Iterator[Change]:
    match node.func:
        case ast.Name(id=name) if name in ("min", "max", "any", "all"):
            yield "call", node.func, ast.Name(_OPPOSITE[name], ast.Load())
        case ast.Name(id="sorted") if all(keyword.arg != "reverse" for keyword in node.keywords):
            backwards = ast.keyword("reverse", ast.Constant(True))
            yield "call", node, ast.Call(node.func, node.args, [*node.keywords, backwards])
        case ast.Attribute(value=owner, attr=name):
            if name in _OPPOSITE:
                yield "call", node.func, ast.Attribute(owner, _OPPOSITE[name], ast.Load())
            if name in _AFFIXES:
                for argument in node.args:
                    yield from _emptied(argument)
