/** A table to be written as CSV or XLSX; the first row of the file are the titles. */

/** Numbers stay numbers, also below zero; a string is never taken for anything else. */
export type TableCell = string | number | undefined;

export interface TableColumn {
  readonly title: string;
  /** In letters. */
  readonly width: number;
}

export interface ExportTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}
