import type { Problem, ScoringErrorCode } from './errors';
import type { ParameterRecord, ParameterSpec, ParameterSpecs, ParameterState, ParameterValue } from './parameters';

/** Codes that a recipe may refer to, for looking up what it names. */
export interface KnownCodes {
  readonly indicator: ReadonlySet<string>;
  readonly city: ReadonlySet<string>;
  readonly node: ReadonlySet<string>;
  readonly grouping: ReadonlySet<string>;
}

/** Collects everything that is wrong with an input, so that the caller is told all of it at once. */
export class ProblemList {
  readonly problems: (Problem & { readonly code: ScoringErrorCode })[] = [];

  /** Notes one problem. */
  add(path: string, value: unknown, message: string, allowed: string, code: ScoringErrorCode = 'BAD_INPUT'): void {
    this.problems.push({ path, value, message, allowed, code });
  }
}

/** True for an object with string keys: not null, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The range of a number spec in words: `a number from 0 to 1`. */
export function describeRange(spec: {
  readonly kind: string;
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
}): string {
  const noun = spec.kind === 'integer' ? 'a whole number' : 'a finite number';
  const lower =
    spec.min === undefined ? '' : spec.exclusiveMin ? ` above ${String(spec.min)}` : ` of at least ${String(spec.min)}`;
  const upper =
    spec.max === undefined ? '' : spec.exclusiveMax ? ` below ${String(spec.max)}` : ` of at most ${String(spec.max)}`;
  return `${noun}${lower}${lower && upper ? ' and' : ''}${upper}`;
}

/** Reads a number within the spec's range; notes a problem and returns null otherwise. */
export function readNumber(
  spec: {
    readonly kind: 'number' | 'integer';
    readonly min?: number;
    readonly max?: number;
    readonly exclusiveMin?: boolean;
    readonly exclusiveMax?: boolean;
  },
  value: unknown,
  path: string,
  list: ProblemList,
): number | null {
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (spec.kind === 'number' || Number.isSafeInteger(value)) &&
    (spec.min === undefined || (spec.exclusiveMin ? value > spec.min : value >= spec.min)) &&
    (spec.max === undefined || (spec.exclusiveMax ? value < spec.max : value <= spec.max));
  if (fits) return value;
  list.add(path, value, 'The value is not in the allowed range.', describeRange(spec));
  return null;
}

/** Reads a list of at most `maxLength` items through `read`; notes a problem and returns null where it is no list or too long. */
export function readList<T>(
  value: unknown,
  path: string,
  maxLength: number,
  list: ProblemList,
  read: (item: unknown, path: string) => T | null,
): T[] | null {
  if (!Array.isArray(value) || value.length > maxLength) {
    list.add(
      path,
      Array.isArray(value) ? `${String(value.length)} items` : value,
      'The value is not a list of the allowed length.',
      `a list of at most ${String(maxLength)} items`,
    );
    return null;
  }
  const items: T[] = [];
  value.forEach((item: unknown, index) => {
    const read_ = read(item, `${path}[${String(index)}]`);
    if (read_ !== null) items.push(read_);
  });
  return items;
}

/** Reads a code and checks that it is known; notes a problem and returns null otherwise. */
export function readCode(
  of: keyof KnownCodes | 'release',
  value: unknown,
  path: string,
  known: KnownCodes,
  list: ProblemList,
): string | null {
  if (typeof value !== 'string' || value === '') {
    list.add(path, value, `The value is not the code of ${of === 'indicator' ? 'an' : 'a'} ${of}.`, 'a code');
    return null;
  }
  if (of !== 'release' && !known[of].has(value)) {
    list.add(path, value, `There is no ${of} with this code.`, describeKnown(known[of]), 'NOT_FOUND');
    return null;
  }
  return value;
}

/** At most 12 of the known codes, for a message. */
export function describeKnown(codes: ReadonlySet<string>): string {
  const shown = [...codes].slice(0, 12);
  return `one of ${shown.join(', ')}${codes.size > shown.length ? ` and ${String(codes.size - shown.length)} more` : ''}`;
}

function readValue(
  spec: ParameterSpec,
  value: unknown,
  path: string,
  known: KnownCodes,
  list: ProblemList,
): ParameterValue {
  switch (spec.kind) {
    case 'number':
    case 'integer':
      return readNumber(spec, value, path, list);
    case 'boolean':
      if (typeof value !== 'boolean') list.add(path, value, 'The value is neither true nor false.', 'true or false');
      return value === true;
    case 'choice':
      if (typeof value === 'string' && spec.values.includes(value)) return value;
      list.add(path, value, 'The value is not one of the choices.', `one of ${spec.values.join(', ')}`);
      return null;
    case 'code':
      return readCode(spec.of, value, path, known, list);
    case 'numbers':
      return readList(value, path, spec.maxLength, list, (item, itemPath) =>
        readNumber({ ...spec, kind: 'number' }, item, itemPath, list),
      );
    case 'codes':
      return readList(value, path, spec.maxLength, list, (item, itemPath) =>
        readCode(spec.of, item, itemPath, known, list),
      );
    case 'matrix':
      return readList(value, path, spec.maxLength, list, (row, rowPath) =>
        readList(row, rowPath, spec.maxLength, list, (item, itemPath) =>
          readNumber({ ...spec, kind: 'number' }, item, itemPath, list),
        ),
      );
    case 'records':
      return readList(value, path, spec.maxLength, list, (item, itemPath) => {
        if (!isRecord(item)) {
          list.add(
            itemPath,
            item,
            'The value is not an object.',
            `an object with ${Object.keys(spec.fields).join(', ')}`,
          );
          return null;
        }
        for (const key of Object.keys(item)) {
          if (!Object.hasOwn(spec.fields, key))
            list.add(
              `${itemPath}.${key}`,
              item[key],
              'There is no field of this name.',
              `one of ${Object.keys(spec.fields).join(', ')}`,
            );
        }
        return readParameters(spec.fields, item, itemPath, known, list);
      });
  }
}

/** When a parameter is read, in words: `scheme ROTATED_COMPONENTS`; null where it always is. */
export function describeReadWhen({ readWhen }: ParameterSpec): string | null {
  if (!readWhen) return null;
  return readWhen
    .map(({ parameter, is }) => {
      if (is === 'GIVEN') return `\`${parameter}\``;
      return is === 'LEFT_OUT' ? `no \`${parameter}\`` : `\`${parameter}\` ${is.join(' or ')}`;
    })
    .join(', or ');
}

/** What a parameter does, and when it is read where that is not always. */
export function meaningOf(spec: ParameterSpec): string {
  const when = describeReadWhen(spec);
  return when === null ? spec.description : `${spec.description} Read with ${when} only.`;
}

/** The range of a parameter of numbers in signs: `> 0, ≤ 1`; empty where there is none. */
export function boundsOf(spec: ParameterSpec): string {
  if (!('min' in spec || 'max' in spec)) return '';
  const lower = 'exclusiveMin' in spec && spec.exclusiveMin ? '>' : '≥';
  const upper = 'exclusiveMax' in spec && spec.exclusiveMax ? '<' : '≤';
  return [
    ...(spec.min === undefined ? [] : [`${lower} ${String(spec.min)}`]),
    ...(spec.max === undefined ? [] : [`${upper} ${String(spec.max)}`]),
  ].join(', ');
}

function isInState({ parameter, is }: ParameterState, parameters: ParameterRecord): boolean {
  const value = parameters[parameter] ?? null;
  if (is === 'GIVEN') return value !== null;
  return is === 'LEFT_OUT' ? value === null : typeof value === 'string' && is.includes(value);
}

/** Notes every parameter that has another value than its default although the others keep the method from reading it. */
function refuseUnread(specs: ParameterSpecs, parameters: ParameterRecord, path: string, list: ProblemList): void {
  for (const [name, spec] of Object.entries(specs)) {
    const value = parameters[name] ?? null;
    const isDefault = value === null || ('default' in spec && value === spec.default);
    if (isDefault || !spec.readWhen || spec.readWhen.some((state) => isInState(state, parameters))) continue;
    const states = String(describeReadWhen(spec));
    list.add(
      `${path}.${name}`,
      value,
      `The parameter is read with ${states} only.`,
      `${states}; or no \`${name}\``,
      'PARAMETER_NOT_USED',
    );
  }
}

/** Notes every number that is not above the one that it must be above. */
function refuseNotAbove(specs: ParameterSpecs, parameters: ParameterRecord, path: string, list: ProblemList): void {
  for (const [name, spec] of Object.entries(specs)) {
    if (!('above' in spec)) continue;
    const [value, other] = [parameters[name], parameters[spec.above]];
    if (typeof value === 'number' && typeof other === 'number' && value <= other)
      list.add(`${path}.${name}`, value, `It is not above \`${spec.above}\`.`, `a number above ${String(other)}`);
  }
}

/**
 * Reads all parameters of a method from `raw`, filling in defaults. Absent and null mean the same. Keys of `raw` that are
 * not in `specs` are passed over: the caller decides what they are. A parameter that the others keep from being read is
 * noted (`PARAMETER_NOT_USED`), unless it is the default.
 */
export function readParameters(
  specs: ParameterSpecs,
  raw: Readonly<Record<string, unknown>>,
  path: string,
  known: KnownCodes,
  list: ProblemList,
): ParameterRecord {
  const parameters: Record<string, ParameterValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (value !== undefined && value !== null) {
      parameters[name] = readValue(spec, value, `${path}.${name}`, known, list);
    } else if ('required' in spec) {
      list.add(`${path}.${name}`, null, 'The parameter is required.', spec.description);
    } else {
      parameters[name] = 'default' in spec ? spec.default : null;
    }
  }
  refuseUnread(specs, parameters, path, list);
  refuseNotAbove(specs, parameters, path, list);
  return parameters;
}
