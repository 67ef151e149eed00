"""Read the sheets of workbooks (XLSX, ECMA-376), with what the reader of cells leaves blank."""
