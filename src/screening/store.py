"""An index in files: one folder named for its content, an array a file, mapped when loaded."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.catalogue import Catalogue
from screening.listing import Listing
from screening.parts import Texts
from screening.persons import Persons

_PARTS = (("entries", Texts), ("listing", Listing), ("persons", Persons))


def save(catalogue: Catalogue, path: Path) -> Path:
    """Write all arrays to a new folder, which appears whole or not at all."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=path.parent, prefix=".making-"))
    try:
        for name, array in _arrays(catalogue):
            np.save(making / f"{name}.npy", array)
        making.replace(path)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        if not path.exists():  # Another process may have been first.
            raise
    return path


def _arrays(catalogue: Catalogue) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for part, kind in _PARTS:
        for name in kind._fields:
            yield f"{part}.{name}", getattr(getattr(catalogue, part), name)


def load(path: Path) -> Catalogue:
    """Map what save wrote: nothing is read before it is needed."""
    parts: list[Any] = []
    for part, kind in _PARTS:
        arrays: list[Any] = [_mapped(path / f"{part}.{name}.npy") for name in kind._fields]
        parts.append(kind(*arrays))
    return Catalogue(*parts)


def _mapped(file: Path) -> NDArray[np.generic]:
    # Private copies on write keep the arrays of the type that was compiled for; nothing writes.
    array = np.load(file, mmap_mode="c" if file.stat().st_size > 128 else None)
    return np.asarray(array).view(np.ndarray) if array.size else np.zeros(array.shape, array.dtype)
