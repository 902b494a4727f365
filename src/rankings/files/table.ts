/** What a cell of a file holds; null where there is nothing. */
export type Cell = string | number | null;

/** A column of a file. */
export interface Column {
  readonly name: string;
  /** What its cells are besides null. `INTEGER` fits 32 bits. */
  readonly kind: 'TEXT' | 'NUMBER' | 'INTEGER';
  /** Unit of its numbers; null where they have none. */
  readonly unit: string | null;
  /** One or two sentences. */
  readonly description: string;
}

/** What a file of figures holds, in whatever format. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** The rows in order, each with a cell for every column; made as they are taken. */
  rows(): Iterable<readonly Cell[]>;
}

/** A table with the name by which it is told from others. */
export interface NamedTable extends Table {
  readonly name: string;
}

/** Cells of a table. */
export const cellsIn = ({ rowCount, columns }: Table): number => rowCount * columns.length;
