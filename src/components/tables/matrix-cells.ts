/** The recorded matrix of streams, as pages ask for it. `npm run examples -- --matrix` writes the data. */
import record from '../../data/stream-matrix.json';

/** One of the four tables. */
export type MatrixTable = 'stdin' | 'stdout' | 'reads' | 'writes';

/** What one stream, or one error, did. */
export interface MatrixRow {
  readonly id: string;
  /** How one writes it in a host. */
  readonly code: string;
  /** What the code does not say. */
  readonly note: string | undefined;
  readonly native: Cells;
  /** Undefined where a browser does not have it. */
  readonly page: Cells | undefined;
}

/** By column. */
export type Cells = Readonly<Record<string, string | undefined>>;

interface RecordedRow {
  readonly id: string;
  readonly code: string;
  readonly note?: string;
  readonly cells: Cells;
}

type RecordedTables = Readonly<Record<MatrixTable, readonly RecordedRow[]>>;

const native: RecordedTables = record.native;
const page: RecordedTables = record.page;

/** What the matrix was recorded with. */
export const matrixVersions: Readonly<Record<string, string>> = record.versions;

/** The rows of a table, in the order of the record. */
export function matrixRows(table: MatrixTable): MatrixRow[] {
  const inPage = new Map(page[table].map(({ id, cells }) => [id, cells]));
  return native[table].map(({ id, code, note, cells }) => ({ id, code, note, native: cells, page: inPage.get(id) }));
}

/** Address of a row on its page, from the site's root. */
export function matrixAddress(table: MatrixTable, id: string): `/${string}` {
  const onPage = table === 'stdin' || table === 'stdout' ? 'stream-matrix' : 'errors';
  return `/reference/${onPage}/#${table}-${id}`;
}

/**
 * One cell.
 * @throws Error if there is no such cell
 */
export function matrixCell(table: MatrixTable, id: string, column: string, where: 'native' | 'page'): string {
  const row = matrixRows(table).find((one) => one.id === id);
  const value = row?.[where]?.[column];
  if (value === undefined) {
    throw new Error(
      `src/data/stream-matrix.json: expected a cell in ${where}, ${table}, row "${id}", column "${column}", found none`,
    );
  }
  return value;
}
