"""The one way in which functions here are compiled: without the interpreter's lock, kept on disk.

All arithmetic in compiled functions is on integers, so that every machine gives the same
answer to the bit. Compiling takes the better part of a minute, once for every state of the
sources: what was compiled is kept in the user's cache folder, shared by all checkouts. Of several
processes that come at once, one compiles and the others wait for what it keeps.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core import cgutils, types
from numba.core.caching import UserProvidedCacheLocator
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.extending import NativeValue, intrinsic, models, register_model, unbox
from numba.cpython import slicing
from numba.np.arrayobj import populate_array
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., object])


@cache
def _folder() -> str:
    """A folder of its own for every state of the compiled sources.

    numba looks at the file of a function only, not at the files of what it calls.
    """
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        text = source.read_bytes()
        digest.update(text if b"screening.compiled" in text else b"")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if not os.access(base if base.exists() else base.parent, os.W_OK):
        base = Path(gettempdir())
    return str(base / "samenhang" / f"screening-{digest.hexdigest()[:16]}")


class Kept(UserProvidedCacheLocator):
    """Where numba keeps what it compiled, unless NUMBA_CACHE_DIR says otherwise."""

    def get_cache_path(self) -> str:
        return str(cast("Any", numba.config).CACHE_DIR or _folder())

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        found = cls(py_func, py_file)
        Path(found.get_cache_path()).mkdir(parents=True, exist_ok=True)
        return found


class Forwards(Compiler):
    """Compiles places in arrays as they are: no place that is computed here counts from the end.

    numba asks of every place whether it is negative; without that a look-up takes a tenth less. A place that
    is written as a number ([-1]) still counts from the end.
    """

    def compile_extra(self, func: Any) -> Any:
        names, compiler = cast("Any", slicing), cast("Any", super())
        if not hasattr(names, "fix_index"):
            return compiler.compile_extra(func)  # a numba that asks elsewhere: slower by that tenth
        with cast("Any", global_compiler_lock):
            before = names.fix_index

            def as_it_is(builder: Any, place: Any, size: Any) -> Any:
                return before(builder, place, size) if hasattr(place, "constant") else place

            names.fix_index = as_it_is
            try:
                return compiler.compile_extra(func)
            finally:
                names.fix_index = before


_compiling = False  # read and changed under numba's own lock only


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """What is compiled here, with all that it calls, no other process compiles meanwhile."""
    global _compiling
    with cast("Any", global_compiler_lock):
        if _compiling:
            yield
            return
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _compiling = True
            try:
                yield
            finally:
                _compiling = False
                # Said and not left to the closing: a process that was forked meanwhile has it open too.
                fcntl.flock(lock, fcntl.LOCK_UN)


def _one_process_compiles(made: Any) -> None:
    """numba looks for what is kept after it has the lock, and so finds what another compiled meanwhile."""
    compile_it = made.compile

    def compile_alone(signature: Any) -> Any:
        folder = Path(made.stats.cache_path)
        if not os.access(folder, os.W_OK):
            return compile_it(signature)
        with _alone(folder):
            return compile_it(signature)

    made.compile = compile_alone


def _compile(function: Function, forceinline: bool, makes_arrays: bool = False) -> Function:
    config = cast("Any", numba.config)
    before, config.CACHE_LOCATOR_CLASSES = config.CACHE_LOCATOR_CLASSES, f"{__name__}.Kept"
    try:
        # Without _nrt no references to arrays are counted: that cost more than the comparing itself.
        made = cast("Any", numba).njit(
            nogil=True,
            cache=True,
            error_model="numpy",
            forceinline=forceinline,
            _nrt=makes_arrays,
            pipeline_class=Compiler if makes_arrays else Forwards,
        )
        found = made(function)
        _one_process_compiles(found)
        return cast("Function", found)
    finally:
        config.CACHE_LOCATOR_CLASSES = before


def compiled(function: Function) -> Function:
    """Compile at the first call; a process that comes later loads what was kept. May make no arrays."""
    return _compile(function, forceinline=False)


def maker(function: Function) -> Function:
    """For the few functions that make arrays."""
    return _compile(function, forceinline=False, makes_arrays=True)


def inlined(function: Function) -> Function:
    """For what is called in the innermost loops: compiled into each of its callers."""
    return _compile(function, forceinline=True)


def settled(function: Function, *given: object) -> Function:
    """The function as compiled for arguments of these types, to be called with no others.

    Which types they have takes longer to find out, at every call, than a single look-up.
    """
    return cast("Function", cast("Any", function).compile(tuple(map(_type_of, given))))


def _type_of(given: object) -> Any:
    return given.type if isinstance(given, Held) else cast("Any", numba).typeof(given)


class HeldType(types.Type):
    """An address at which a tuple of arrays, and of tuples of these, is described."""

    def __init__(self, of: Any) -> None:
        self.of = of
        super().__init__(name=f"held({of})")


class Held:
    """Arrays that stay as they are for many calls, and cross into a settled function as one number.

    Each takes a tenth of a microsecond to cross, and a list with what it is searched by has a hundred.
    Compiled code gets them back by `opened`. address: what is given in their place; this object must live on.
    """

    def __init__(self, *arrays: object) -> None:
        self.type = HeldType(cast("Any", numba).typeof(arrays))
        self._arrays = arrays
        self._told = np.array(list(_told_of(arrays)), np.int64)
        self.address = int(self._told.ctypes.data)


def _told_of(arrays: Iterable[Any]) -> Iterator[int]:
    """Of each array where it is, how long, and how far its rows lie apart."""
    for one in arrays:
        if isinstance(one, tuple):
            yield from _told_of(one)
        else:
            yield from (one.ctypes.data, *one.shape, *one.strides)


register_model(HeldType)(models.OpaqueModel)


def _address(_type: Any, number: Any, c: Any) -> Any:
    return cast("Any", NativeValue)(c.pyapi.long_as_voidptr(number))


cast("Any", unbox)(HeldType)(_address)


def _opened(typing: Any, held: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        word, count = context.get_value_type(types.intp), iter(range(1 << 20))
        told = builder.bitcast(given[0], word.as_pointer())

        def next_word() -> Any:
            return builder.load(builder.gep(told, [word(next(count))]))

        def made(kind: Any) -> Any:
            if isinstance(kind, types.BaseTuple):
                return context.make_tuple(builder, kind, [made(one) for one in cast("Any", kind)])
            array = context.make_array(kind)(context, builder)
            data = builder.inttoptr(next_word(), array.data.type)
            shape, strides = ([next_word() for _ in range(kind.ndim)] for _ in range(2))
            size = context.get_abi_sizeof(array.data.type.pointee)
            # Nobody counts references to it: whoever holds it lives longer than the call.
            cast("Any", populate_array)(array, data, shape, strides, size, None)
            return array._getvalue()

        return made(signature.return_type)

    return held.of(held), generate


# In compiled code: what is held, as it was given.
opened = cast("Callable[[int], Any]", intrinsic(_opened))


def _fetch(typing: Any, array: Any, row: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        low: Any = cgutils
        made = context.make_array(signature.args[0])(context, builder, given[0])
        at = context.cast(builder, given[1], signature.args[1], types.intp)
        step = low.unpack_tuple(builder, made.strides)[0]
        place = low.pointer_add(builder, made.data, builder.mul(at, step), low.voidptr_t)
        word = low.int32_t
        kind = low.ir.FunctionType(low.ir.VoidType(), [low.voidptr_t, word, word, word])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [low.voidptr_t], kind)
        # To be read, into the nearest cache, as data.
        builder.call(prefetch, [place, word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.void(array, row), generate


# In compiled code: have a row of an array brought near before it is read, without waiting.
fetch = cast("Callable[[NDArray[Any], int | np.integer[Any]], None]", intrinsic(_fetch))


def _copy(typing: Any, out: Any, end: Any, data: Any, first: Any, count: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        low: Any = cgutils
        into, of = (context.make_array(signature.args[k])(context, builder, given[k]).data for k in (0, 2))
        end, first, size = (context.cast(builder, given[k], signature.args[k], types.intp) for k in (1, 3, 4))
        into, of = low.pointer_add(builder, into, end), low.pointer_add(builder, of, first)
        low.raw_memcpy(builder, into, of, size, 1)
        return context.get_dummy_value()

    return types.void(out, end, data, first, count), generate


# In compiled code: out[end:end + count] = data[first:first + count], of bytes; a loop takes longer.
copy = cast("Callable[[NDArray[np.uint8], int, NDArray[np.uint8], int, int], None]", intrinsic(_copy))
