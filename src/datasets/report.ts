/**
 * What can be wrong with a bundle.
 * - `FILE_MISSING`, `FILE_UNREADABLE`, `FILE_UNKNOWN`: the file itself.
 * - `TOO_LARGE`: more bytes, rows or cells than an import takes.
 * - `ENCODING_INVALID`: not UTF-8. `CSV_INVALID`, `JSON_INVALID`: not CSV, not JSON.
 * - `COLUMN_MISSING`, `COLUMN_DUPLICATE`, `COLUMN_UNKNOWN`: the header row.
 * - `VALUE_REQUIRED`, `VALUE_TYPE`, `VALUE_RANGE`, `VALUE_NOT_ALLOWED`, `TEXT_INVALID`: one cell.
 * - `DUPLICATE_KEY`: a second row with the same key. `REFERENCE_UNKNOWN`: a code that nothing defines.
 * - `TREE_INVALID`: a framework is not a tree. `RECIPE_INVALID`: a methodology's recipe.
 * - `CONFLICT`: the version exists already, or another release was published meanwhile.
 */
export type DataProblemCode =
  | 'FILE_MISSING'
  | 'FILE_UNREADABLE'
  | 'FILE_UNKNOWN'
  | 'TOO_LARGE'
  | 'ENCODING_INVALID'
  | 'CSV_INVALID'
  | 'JSON_INVALID'
  | 'COLUMN_MISSING'
  | 'COLUMN_DUPLICATE'
  | 'COLUMN_UNKNOWN'
  | 'VALUE_REQUIRED'
  | 'VALUE_TYPE'
  | 'VALUE_RANGE'
  | 'VALUE_NOT_ALLOWED'
  | 'TEXT_INVALID'
  | 'DUPLICATE_KEY'
  | 'REFERENCE_UNKNOWN'
  | 'TREE_INVALID'
  | 'RECIPE_INVALID'
  | 'CONFLICT';

/** One thing wrong with a bundle, with its address. */
export interface DataProblem {
  readonly file: string;
  /** Line of the file on which the row starts, the header being line 1; null when it is about no one row. */
  readonly line: number | null;
  /** Column of a CSV file, or path within a JSON file; null when it is about no one column. */
  readonly column: string | null;
  /** The offending text, shortened to 200 characters; null when there is none. */
  readonly value: string | null;
  readonly code: DataProblemCode;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What would be accepted; null when the message says all. */
  readonly allowed: string | null;
}

/** How many problems a report lists of each kind (errors, warnings) unless told otherwise. */
export const DEFAULT_PROBLEM_LIMIT = 100;

const MAX_VALUE_LENGTH = 200;

/** Collects problems up to a limit and counts the rest. */
export class ProblemLog {
  readonly errors: DataProblem[] = [];
  readonly warnings: DataProblem[] = [];
  errorCount = 0;
  warningCount = 0;

  constructor(private readonly limit = DEFAULT_PROBLEM_LIMIT) {}

  error(problem: DataProblem): void {
    this.errorCount += 1;
    if (this.errors.length < this.limit) this.errors.push(shortened(problem));
  }

  warn(problem: DataProblem): void {
    this.warningCount += 1;
    if (this.warnings.length < this.limit) this.warnings.push(shortened(problem));
  }
}

function shortened(problem: DataProblem): DataProblem {
  const { value } = problem;
  if (value === null || value.length <= MAX_VALUE_LENGTH) return problem;
  return { ...problem, value: `${value.slice(0, MAX_VALUE_LENGTH)}…` };
}

/** What an import did, or why it did nothing. */
export interface ImportReport {
  /** Whether a new release was published. If not, nothing at all was changed. */
  readonly published: boolean;
  /** Version that the bundle names; null when it could not be read. */
  readonly version: string | null;
  /** Digest of the new release; null when none was published. */
  readonly digest: string | null;
  /** Rows read from each file of the bundle. */
  readonly rows: Readonly<Record<string, number>>;
  /** The first problems that prevent publishing. */
  readonly errors: readonly DataProblem[];
  /** How many there are in all. */
  readonly errorCount: number;
  /** The first problems that do not prevent publishing. */
  readonly warnings: readonly DataProblem[];
  /** How many there are in all. */
  readonly warningCount: number;
  readonly elapsedMs: number;
}

/** The report as lines of text for a terminal. Control characters in the bundle's text are escaped. */
export function formatReport(report: ImportReport): string {
  const lines = Object.entries(report.rows).map(([file, count]) => `${file}: ${String(count)} rows`);
  lines.push(...section('warning', report.warnings, report.warningCount));
  lines.push(...section('error', report.errors, report.errorCount));
  lines.push(
    report.published
      ? `Published release ${report.version ?? ''}, digest ${report.digest ?? ''}, in ${(report.elapsedMs / 1000).toFixed(1)} s.`
      : 'Nothing was published and nothing was changed.',
  );
  return lines.join('\n');
}

function section(kind: string, problems: readonly DataProblem[], count: number): string[] {
  const lines = problems.map((problem) => `${kind}: ${formatProblem(problem)}`);
  if (count > problems.length) lines.push(`${kind}: … and ${String(count - problems.length)} more`);
  return lines;
}

function formatProblem({ file, line, column, value, code, message, allowed }: DataProblem): string {
  const place = [file, ...(line === null ? [] : [String(line)]), ...(column === null ? [] : [column])].join(':');
  const given = value === null ? '' : ` Found ${JSON.stringify(value)}.`;
  return escapeControls(`${place} ${code} ${message}${given}${allowed === null ? '' : ` Allowed: ${allowed}.`}`);
}

function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
