import { CODE_ALLOWED, CODE_PATTERN } from '../entities';
import type { BundleFile } from './limits';
import type { DataProblemCode, ProblemLog } from './report';

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?\d{1,10}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const URL_START = /^https?:\/\/[^\s]+$/;
/** Default longest text, in UTF-16 code units. */
const MAX_TEXT = 10_000;
const MAX_INTEGER = 2_147_483_647;

/** Whether a text is a code. */
export function isCode(text: string): boolean {
  return CODE_PATTERN.test(text);
}

/** Inclusive bounds. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/**
 * Reads the cells of one row after another by column name. A bad cell is logged with its address and read as a
 * harmless value; `sound` says whether the whole row was good.
 */
export class RowReader {
  /** Line of the file on which the current row starts. */
  line = 0;
  /** Whether no cell of the current row was bad so far. */
  sound = true;
  private cells: readonly string[] = [];

  constructor(
    readonly file: BundleFile,
    private readonly columns: ReadonlyMap<string, number>,
    private readonly log: ProblemLog,
  ) {}

  startRow(cells: readonly string[], line: number): void {
    this.cells = cells;
    this.line = line;
    this.sound = true;
  }

  code(column: string): string {
    return this.optionalCode(column) ?? this.required(column, '', CODE_ALLOWED);
  }

  optionalCode(column: string): string | null {
    const text = this.raw(column);
    if (text === '') return null;
    if (!isCode(text)) this.fail(column, text, 'VALUE_TYPE', 'It is not a code.', CODE_ALLOWED);
    return text;
  }

  text(column: string, maxLength = MAX_TEXT): string {
    return this.optionalText(column, maxLength) ?? this.required(column, '', 'any text');
  }

  optionalText(column: string, maxLength = MAX_TEXT): string | null {
    const text = this.raw(column);
    if (text === '') return null;
    if (text.length > maxLength) {
      this.fail(column, text, 'TEXT_INVALID', 'The text is too long.', `at most ${String(maxLength)} characters`);
    } else if (text.includes('\0')) {
      this.fail(column, text, 'TEXT_INVALID', 'The text holds a NUL character.', 'text without U+0000');
    }
    return text;
  }

  number(column: string, range: Range = {}): number {
    return this.optionalNumber(column, range) ?? this.required(column, 0, numberAllowed(range));
  }

  optionalNumber(column: string, range: Range = {}): number | null {
    const text = this.raw(column);
    if (text === '') return null;
    // Adding 0 turns −0, which the databases would keep apart, into 0.
    const value = NUMBER.test(text) ? Number(text) + 0 : NaN;
    if (!Number.isFinite(value)) {
      this.fail(column, text, 'VALUE_TYPE', 'It is not a finite number.', numberAllowed(range));
      return 0;
    }
    this.checkRange(column, text, value, range, numberAllowed(range));
    return value;
  }

  integer(column: string, range: Range = {}): number {
    return this.optionalInteger(column, range) ?? this.required(column, 0, integerAllowed(range));
  }

  optionalInteger(column: string, range: Range = {}): number | null {
    const text = this.raw(column);
    if (text === '') return null;
    if (!INTEGER.test(text)) {
      this.fail(column, text, 'VALUE_TYPE', 'It is not a whole number.', integerAllowed(range));
      return 0;
    }
    const value = Number(text) + 0;
    const bounds = { min: -MAX_INTEGER, max: MAX_INTEGER, ...range };
    this.checkRange(column, text, value, bounds, integerAllowed(bounds));
    return value;
  }

  optionalDate(column: string): string | null {
    const text = this.raw(column);
    if (text === '') return null;
    // A day that does not exist either fails to parse or comes back as another day.
    const instant = DATE.test(text) ? new Date(`${text}T00:00:00Z`) : null;
    if (!instant || Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== text) {
      this.fail(column, text, 'VALUE_TYPE', 'It is not a day.', 'YYYY-MM-DD');
    }
    return text;
  }

  optionalUrl(column: string): string | null {
    const text = this.optionalText(column, 2_000);
    if (text !== null && !URL_START.test(text)) {
      this.fail(column, text, 'VALUE_TYPE', 'It is not a web address.', 'an http:// or https:// address');
    }
    return text;
  }

  /** The value that a word stands for, such as `higher_better`; null when the cell is empty. */
  optionalChoice<Choice>(column: string, choices: Readonly<Record<string, Choice>>): Choice | null {
    const text = this.raw(column);
    if (text === '') return null;
    const choice = Object.entries(choices).find(([word]) => word === text);
    if (choice) return choice[1];
    this.fail(column, text, 'VALUE_NOT_ALLOWED', 'It is not one of the known words.', Object.keys(choices).join(', '));
    return null;
  }

  /** Logs an error at a cell of the current row. */
  fail(column: string, value: string | null, code: DataProblemCode, message: string, allowed: string | null): void {
    this.sound = false;
    this.log.error({ file: this.file, line: this.line, column, value, code, message, allowed });
  }

  /** The cell as it stands; empty when the file has no such column. */
  raw(column: string): string {
    const index = this.columns.get(column);
    return index === undefined ? '' : (this.cells[index] ?? '');
  }

  private required<Value>(column: string, fallback: Value, allowed: string): Value {
    this.fail(column, null, 'VALUE_REQUIRED', 'The cell is empty.', allowed);
    return fallback;
  }

  private checkRange(column: string, text: string, value: number, { min, max }: Range, allowed: string): void {
    if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
      this.fail(column, text, 'VALUE_RANGE', 'The number is out of range.', allowed);
    }
  }
}

function numberAllowed(range: Range): string {
  return `a finite number${boundsOf(range)}, with . as the decimal point`;
}

function integerAllowed(range: Range): string {
  return `a whole number${boundsOf(range)}`;
}

function boundsOf({ min, max }: Range): string {
  if (min !== undefined && max !== undefined) return ` from ${String(min)} to ${String(max)}`;
  if (min !== undefined) return ` of at least ${String(min)}`;
  return max === undefined ? '' : ` of at most ${String(max)}`;
}
