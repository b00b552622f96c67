"""The small language of mapping files: `account.code | default('UNASSIGNED') | left(12)`.

It has Python's grammar and little of its meaning: names, fields of mappings, constants, comparisons, `and`,
`or`, `not`, `x if y else z`, arithmetic, and filters after `|`. Everything else is refused when the file is
loaded, with line, column and a hint. An expression reads what it is given, and can do nothing else. Pure.
"""

import ast
import difflib
import inspect
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from meetingserver.filters import FILTERS, Unfit, bounded

MAX_LENGTH = 2_000
MAX_DEPTH = 40
MAX_NUMBER = 2**63

Context = Mapping[str, Any]
Evaluate = Callable[[Context], Any]
Fields = Mapping[str, "Fields | None"]
"""What may be named: of each name its fields; none: a plain value; None: not known beforehand."""


class ExpressionError(Exception):
    """ExpressionError
    ├── ExpressionRefused   it cannot be loaded: `line` and `column` (from 1) say where, `hint` why
    └── ExpressionFailed    it cannot be worked out for this row; holds no value of it
    """


class ExpressionRefused(ExpressionError):
    def __init__(self, problem: str, *, line: int, column: int, hint: str = "") -> None:
        super().__init__(f"line {line}, column {column}: {problem}" + (f" ({hint})" if hint else ""))
        self.problem, self.line, self.column, self.hint = problem, line, column, hint


class ExpressionFailed(ExpressionError):
    pass


class Expression:
    """`Expression("leg.duration_s | ceil_minutes", {"leg": {"duration_s": None}})({"leg": {…}})`.

    Raises ExpressionRefused when made; ExpressionFailed when called. `fields` None: every name is known.
    """

    def __init__(self, source: str, fields: Fields | None = None) -> None:
        self.source = source
        self._evaluate = _Reader(source, fields).read()

    def __call__(self, context: Context) -> Any:
        try:
            return self._evaluate(context)
        except Unfit as unfit:
            raise ExpressionFailed(str(unfit)) from None
        except TypeError:
            raise ExpressionFailed("these values do not go together") from None
        except (ZeroDivisionError, OverflowError, ValueError):
            raise ExpressionFailed("this cannot be calculated") from None

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


class _Reader:
    """Turns a source into one function made of functions: a row costs a microsecond for each column."""

    def __init__(self, source: str, fields: Fields | None) -> None:
        self._source = source
        self._fields = fields

    def read(self) -> Evaluate:
        if len(self._source) > MAX_LENGTH:
            raise ExpressionRefused(f"longer than {MAX_LENGTH} characters", line=1, column=1)
        if not self._source.strip():
            raise ExpressionRefused("empty", line=1, column=1, hint="use None for no value")
        try:
            tree = ast.parse(f"({self._source}\n)", mode="eval")
        except SyntaxError as error:
            raise self._not_understood(error.lineno or 1, error.offset or 1) from None
        except (ValueError, RecursionError, MemoryError):
            raise ExpressionRefused("not understood", line=1, column=1) from None
        return self._compiled(tree.body, 0)

    def _not_understood(self, line: int, column: int) -> ExpressionRefused:
        """Python counts in what stands in brackets of ours; it may have looked behind them."""
        lines = self._source.splitlines()
        if line > len(lines):
            return ExpressionRefused("not complete", line=len(lines), column=len(lines[-1]) + 1)
        return ExpressionRefused("not understood", line=line, column=max(1, column - (line == 1)))

    def _refused(self, node: ast.AST, problem: str, hint: str = "") -> ExpressionRefused:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        return ExpressionRefused(problem, line=line, column=column + (line > 1), hint=hint)

    def _compiled(self, node: ast.expr, depth: int) -> Evaluate:
        if depth > MAX_DEPTH:
            raise self._refused(node, "nested too deeply")
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is None:
            raise self._refused(node, _UNKNOWN.get(type(node), "this is not part of the language"))
        evaluate: Evaluate = read(node, depth + 1)
        return evaluate

    def _all(self, nodes: Iterable[ast.expr], depth: int) -> list[Evaluate]:
        return [self._compiled(node, depth) for node in nodes]

    # What there is

    def _constant(self, node: ast.Constant, depth: int) -> Evaluate:
        value = node.value
        if not isinstance(value, str | int | float | None):
            raise self._refused(node, "only text, numbers, True, False and None can be written")
        if isinstance(value, int) and abs(value) > MAX_NUMBER:
            raise self._refused(node, "too large a number")
        return lambda context: value

    def _name(self, node: ast.Name, depth: int) -> Evaluate:
        name = node.id
        self._check_known(node, name, self._fields)
        return lambda context: context.get(name)

    def _attribute(self, node: ast.Attribute, depth: int) -> Evaluate:
        name, of = node.attr, self._compiled(node.value, depth)
        self._check_known(node, name, self._fields_of(node.value))
        return lambda context: _field(of(context), name)

    def _subscript(self, node: ast.Subscript, depth: int) -> Evaluate:
        of, key = self._compiled(node.value, depth), node.slice
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str | int):
            raise self._refused(node, "only a number or a text may stand in brackets")
        wanted = key.value
        if isinstance(wanted, str):
            self._check_known(node, wanted, self._fields_of(node.value))
        return lambda context: _entry(of(context), wanted)

    def _fields_of(self, node: ast.expr) -> Fields | None:
        """The fields that this has; None: nobody knows."""
        match node:
            case ast.Name(id=name):
                return self._fields.get(name) if self._fields is not None else None
            case (
                ast.Attribute(value=of, attr=name)
                | ast.Subscript(value=of, slice=ast.Constant(value=str(name)))
            ):
                known = self._fields_of(of)
                return known.get(name) if known is not None else None
            case _:
                return None

    def _check_known(self, node: ast.AST, name: str, known: Fields | None) -> None:
        if known is None or name in known:
            return
        raise self._refused(node, f"there is no {name!r} here", _nearest(name, known))

    def _list(self, node: ast.List | ast.Tuple, depth: int) -> Evaluate:
        entries = self._all(node.elts, depth)
        return lambda context: [entry(context) for entry in entries]

    _tuple = _list

    def _dict(self, node: ast.Dict, depth: int) -> Evaluate:
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        if len(keys) < len(node.keys):
            raise self._refused(node, "the keys of a table are texts or numbers")
        values = self._all(node.values, depth)
        if all(isinstance(value, ast.Constant) for value in node.values):
            table = {key: value({}) for key, value in zip(keys, values, strict=True)}
            return lambda context: table
        return lambda context: {key: value(context) for key, value in zip(keys, values, strict=True)}

    # What is done with it

    def _boolop(self, node: ast.BoolOp, depth: int) -> Evaluate:
        parts = self._all(node.values, depth)
        stops = isinstance(node.op, ast.Or)

        def decide(context: Context) -> Any:
            value: Any = None
            for part in parts:
                value = part(context)
                if bool(value) is stops:
                    break
            return value

        return decide

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Evaluate:
        of = self._compiled(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda context: not of(context)
        if isinstance(node.op, ast.USub):
            return lambda context: -of(context)
        raise self._refused(node, "this is not part of the language")

    def _ifexp(self, node: ast.IfExp, depth: int) -> Evaluate:
        condition, then, otherwise = self._all((node.test, node.body, node.orelse), depth)
        return lambda context: then(context) if condition(context) else otherwise(context)

    def _compare(self, node: ast.Compare, depth: int) -> Evaluate:
        first = self._compiled(node.left, depth)
        steps = []
        for kind, right in zip(node.ops, node.comparators, strict=True):
            compare = _COMPARISONS.get(type(kind))
            if compare is None:
                raise self._refused(node, "this comparison is not part of the language", "use == or !=")
            steps.append((compare, self._compiled(right, depth)))

        def hold(context: Context) -> bool:
            value = first(context)
            for compare, right in steps:
                other = right(context)
                if not compare(value, other):
                    return False
                value = other
            return True

        return hold

    def _binop(self, node: ast.BinOp, depth: int) -> Evaluate:
        if isinstance(node.op, ast.BitOr):
            return self._filtered(node, depth)
        calculate = _ARITHMETIC.get(type(node.op))
        if calculate is None:
            raise self._refused(node, "this is not part of the language")
        left, right = self._all((node.left, node.right), depth)
        return lambda context: calculate(left(context), right(context))

    def _filtered(self, node: ast.BinOp, depth: int) -> Evaluate:
        value = self._compiled(node.left, depth)
        call = node.right
        named = call.func if isinstance(call, ast.Call) else call
        if not isinstance(named, ast.Name):
            raise self._refused(call, "after | stands the name of a filter")
        apply = FILTERS.get(named.id)
        if apply is None:
            raise self._refused(call, f"there is no filter {named.id!r}", _nearest(named.id, FILTERS))
        given = call.args if isinstance(call, ast.Call) else []
        self._check_arguments(call, named.id)
        arguments = self._all(given, depth)
        if not arguments:
            return lambda context: apply(value(context))
        if all(isinstance(argument, ast.Constant) for argument in given):
            fixed = [argument({}) for argument in arguments]
            return lambda context: apply(value(context), *fixed)
        return lambda context: apply(value(context), *[argument(context) for argument in arguments])

    def _check_arguments(self, call: ast.expr, name: str) -> None:
        given = call.args if isinstance(call, ast.Call) else []
        if isinstance(call, ast.Call) and (call.keywords or any(isinstance(a, ast.Starred) for a in given)):
            raise self._refused(call, "arguments of filters have no names")
        signature = inspect.signature(FILTERS[name])
        try:
            signature.bind(None, *given)
        except TypeError:
            raise self._refused(call, f"{name} is used like {name}{_usage(signature)}") from None


# Values


def _field(of: Any, name: str) -> Any:
    """Of mappings alone; a missing one is None, so that `default` can step in."""
    if of is None or isinstance(of, Mapping):
        return of.get(name) if of else None
    raise Unfit(f"only mappings have fields, and {name!r} was asked of something else")


def _entry(of: Any, key: str | int) -> Any:
    if of is None:
        return None
    if isinstance(of, Mapping):
        return of.get(key)
    if isinstance(of, list | tuple) and isinstance(key, int):
        return of[key] if -len(of) <= key < len(of) else None
    raise Unfit("brackets are for lists and mappings")


def _add(one: Any, other: Any) -> Any:
    if isinstance(one, str) and isinstance(other, str):
        return bounded(one + other)
    return _calculated(operator.add, one, other)


def _calculated(calculate: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
    """Of numbers alone: `'a' * 10 ** 9` and `'%999999d' % 1` would not be."""
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        raise Unfit("only numbers can be calculated with, and texts added to texts")
    result = calculate(one, other)
    if isinstance(result, int) and abs(result) > MAX_NUMBER:
        raise Unfit("too large a number")
    return result


def _contains(one: Any, other: Any) -> bool:
    if isinstance(other, str) and not isinstance(one, str):
        return False
    return one in other if isinstance(other, str | list | tuple | Mapping) else False


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known are {', '.join(sorted(known)[:20])}" if known else "it has no fields"


def _usage(signature: inspect.Signature) -> str:
    names = [
        name if parameter.default is parameter.empty else f"[{name}]"
        for name, parameter in list(signature.parameters.items())[1:]
    ]
    return f"({', '.join(names)})" if names else ""


_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: _contains,
    ast.NotIn: lambda one, other: not _contains(one, other),
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _add,
    ast.Sub: lambda one, other: _calculated(operator.sub, one, other),
    ast.Mult: lambda one, other: _calculated(operator.mul, one, other),
    ast.Div: lambda one, other: _calculated(operator.truediv, one, other),
    ast.FloorDiv: lambda one, other: _calculated(operator.floordiv, one, other),
    ast.Mod: lambda one, other: _calculated(operator.mod, one, other),
}
_UNKNOWN: dict[type[ast.expr], str] = {
    ast.Call: "nothing can be called; filters stand after |",
    ast.Lambda: "there are no functions here",
    ast.ListComp: "there are no loops here",
    ast.JoinedStr: "f-texts are not part of the language; add texts by +",
}
