"""Write tables as Apache Parquet (https://parquet.apache.org)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.common.errors import MissingPackageError
from kg.tables.columns import Column

if TYPE_CHECKING:
    from arro3.core import Array

_FIRST_DAY: Final = date(1970, 1, 1)


def write_columns(columns: Sequence[Column], stream: BinaryIO) -> None:
    """Write typed columns as Parquet, compressed by Zstandard.

    Integers and years are INT64, other numbers DOUBLE, full dates DATE, text STRING; an empty cell
    is null. Raises MissingPackageError without the package of the extra ``parquet``.
    """
    try:
        from arro3.core import Table
        from arro3.io import write_parquet
    except ImportError as error:
        raise MissingPackageError(
            "Parquet needs a package that is not installed: pip install 'stdkg[parquet]'"
        ) from error
    table = Table.from_pydict({column.name: _array(column) for column in columns})
    write_parquet(table, stream, compression="zstd(3)")


def _array(column: Column) -> Array:
    from arro3.core import Array, DataType

    if column.type is date:
        # Arrow's date32 counts days from 1970.
        days = [None if day is None else (day - _FIRST_DAY).days for day in column.cells]
        return Array(days, type=DataType.int32()).cast(DataType.date32())
    types = {
        bool: DataType.bool(),
        int: DataType.int64(),
        float: DataType.float64(),
        str: DataType.string(),
    }
    return Array(column.cells, type=types[column.type])
