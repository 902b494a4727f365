import {
  ArrayMinSize,
  ArrayUnique,
  IsInt,
  Matches,
  matches,
  Max,
  max,
  Min,
  min,
  ValidateBy,
  validateSync,
  type ValidationError,
  type ValidationOptions,
  type ValidatorOptions,
} from 'class-validator';
import { ArgumentValidationError } from 'type-graphql';
import { CODE_ALLOWED, CODE_PATTERN } from '../entities';
import { MAX_PAGE_SIZE } from '../rankings/page';
import type { Problem } from '../scoring';

/*
 * Rules on the arguments and inputs of the schema, as decorators of class-validator. TypeGraphQL runs them on every
 * `@Args` and `@Arg` object before the resolver is called; null and absent are left to the schema.
 *
 * Here is what can be told from the value alone. What depends on other arguments, on the release or on the ranking is
 * checked by the use cases, and a recipe by the engine, which checks the recipes of bundles by the same rules.
 */

/** Limits on arguments that the settings give. */
export interface ArgumentLimits {
  /** Most items on a page. */
  readonly pageSize: number;
  /** Most codes of cities, titles or labels in a list. */
  readonly codes: number;
  /** Most codes of indicators, nodes or sources in a list. */
  readonly indicatorCodes: number;
}

/** What they are unless the settings say otherwise; descriptions in the schema name these. */
export const ARGUMENT_LIMITS: ArgumentLimits = { pageSize: MAX_PAGE_SIZE, codes: 500, indicatorCodes: 200 };

/**
 * The limits that hold for the argument that is being checked. class-validator hands nothing of ours on to its rules, so
 * that they read it here; a check waits for nothing, so that no other can come in between.
 */
let limits = ARGUMENT_LIMITS;

/** A length: a fixed one, or the name of the limit. */
type Most = number | keyof ArgumentLimits;

const mostOf = (most: Most, held: ArgumentLimits): number => (typeof most === 'number' ? most : held[most]);

/** Years that data can be of. */
const YEARS = { least: 1, most: 9999 } as const;

/** How a broken rule is reported; carried along as the decorator's context. */
class Rule {
  constructor(
    readonly message: string,
    /** What would be accepted, in words; by the limits where it depends on them. */
    readonly allowed: string | ((held: ArgumentLimits) => string),
    /** For a rule on the items of a list, since class-validator does not say which of them breaks it. */
    readonly holds?: (item: unknown) => boolean,
  ) {}

  get options(): ValidationOptions {
    return { context: { rule: this }, message: this.message, each: this.holds !== undefined };
  }
}

/** Several decorators as one; of those that a value breaks, the first is reported. */
function together(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorator of decorators) decorator(target, property);
  };
}

function between(least: number, most: number, rule: Rule): PropertyDecorator {
  return together(Min(least, rule.options), Max(most, rule.options));
}

const rangeOf = (least: number, most: number): string => `from ${String(least)} to ${String(most)}`;

/** A whole number from `least` to `most`. @param what such as `page size` */
export function WholeNumber(least: number, most: number, what: string): PropertyDecorator {
  const rule = new Rule(`The ${what} is out of range.`, `a whole number ${rangeOf(least, most)}`);
  return together(IsInt(rule.options), between(least, most, rule));
}

/** A number from `least` to `most`. @param what such as `limit` */
export function RealNumber(least: number, most: number, what: string): PropertyDecorator {
  return between(least, most, new Rule(`The ${what} is out of range.`, `a number ${rangeOf(least, most)}`));
}

/** A number of items on a page. */
export function PageSize(what = 'page size'): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'number' && value >= 1 && value <= limits.pageSize;
  return ValidateBy(
    { name: 'pageSize', validator: { validate } },
    new Rule(`The ${what} is out of range.`, ({ pageSize }) => `a whole number ${rangeOf(1, pageSize)}`).options,
  );
}

/** A number between two others, which it may not be. @param what such as `persistence` */
export function Inside(above: number, below: number, what: string): PropertyDecorator {
  const allowed = `a number above ${String(above)} and below ${String(below)}`;
  const validate = (value: unknown): boolean => typeof value === 'number' && value > above && value < below;
  return ValidateBy(
    { name: 'inside', validator: { validate } },
    new Rule(`The ${what} is out of range.`, allowed).options,
  );
}

/** A number above 0, up to `most`. @param what such as `share` */
export function AboveZero(most: number, what: string): PropertyDecorator {
  const allowed = `a number above 0, at most ${String(most)}`;
  const validate = (value: unknown): boolean => typeof value === 'number' && value > 0 && value <= most;
  return ValidateBy(
    { name: 'aboveZero', validator: { validate } },
    new Rule(`The ${what} is out of range.`, allowed).options,
  );
}

/** A number that is finite: a literal such as `1e400` is none. @param what such as `value` */
export function Finite(what: string): PropertyDecorator {
  return between(-Number.MAX_VALUE, Number.MAX_VALUE, new Rule(`The ${what} is not finite.`, 'a finite number'));
}

/** A number of at least 0 that is finite. @param what such as `distance` */
export function NotNegative(what: string): PropertyDecorator {
  return between(0, Number.MAX_VALUE, new Rule(`The ${what} is out of range.`, 'a number of at least 0'));
}

/** A list of `least` to `most` items. @param what the items, such as `nodes` */
export function Items(what: string, most: Most, least = 0): PropertyDecorator {
  const allowed = (held: ArgumentLimits): string =>
    `${least === 0 ? 'at most' : `${String(least)} to`} ${String(mostOf(most, held))} ${what}`;
  const validate = (value: unknown): boolean => Array.isArray(value) && value.length <= mostOf(most, limits);
  return together(
    ArrayMinSize(least, new Rule('The list is too short.', allowed).options),
    ValidateBy({ name: 'items', validator: { validate } }, new Rule('The list is too long.', allowed).options),
  );
}

/** A list without repeats. */
export function WithoutRepeats(): PropertyDecorator {
  return ArrayUnique(new Rule('The list repeats an item.', 'each item once').options);
}

/** A list of `least` to `most` different items; repeats do not count. @param what the items, such as `cities` */
export function DifferentItems(what: string, most: number, least = 0): PropertyDecorator {
  const { options } = new Rule(
    'The list is too short or too long.',
    `${String(least)} to ${String(most)} ${what}, repeats not counted`,
  );
  const validate = (value: unknown): boolean => {
    const count = Array.isArray(value) ? new Set<unknown>(value).size : 0;
    return count >= least && count <= most;
  };
  return ValidateBy({ name: 'differentItems', validator: { validate } }, options);
}

const CODE_MESSAGE = 'The text is not a code.';

/** A text that can be a code. Whether there is such a code is another question. */
export function Code(): PropertyDecorator {
  return Matches(CODE_PATTERN, new Rule(CODE_MESSAGE, CODE_ALLOWED).options);
}

const isCode = (item: unknown): boolean => typeof item === 'string' && matches(item, CODE_PATTERN);

/** A list of texts that can be codes. Its length is a rule of its own. */
export function EachCode(): PropertyDecorator {
  return Matches(CODE_PATTERN, new Rule(CODE_MESSAGE, CODE_ALLOWED, isCode).options);
}

/** A list of at most `most` codes. @param what the items, such as `city codes` */
export function Codes(what: string, most: Most): PropertyDecorator {
  return together(Items(what, most), EachCode());
}

/** A year. */
export function Year(): PropertyDecorator {
  return WholeNumber(YEARS.least, YEARS.most, 'year');
}

const isYear = (item: unknown): boolean => min(item, YEARS.least) && max(item, YEARS.most);

/** A list of years. Its length is a rule of its own. */
export function EachYear(): PropertyDecorator {
  const rule = new Rule('The year is out of range.', rangeOf(YEARS.least, YEARS.most), isYear);
  return between(YEARS.least, YEARS.most, rule);
}

/** Null and absent are the schema's business; a property is reported once. */
const OPTIONS: ValidatorOptions = {
  skipMissingProperties: true,
  forbidUnknownValues: false,
  stopAtFirstError: true,
  validationError: { target: false },
};

/**
 * Checks an argument by the rules of its class, as TypeGraphQL's own `validate` does, but without waiting: that takes
 * longer than the check (2.5 µs), and there may be one for each row.
 * @param held the limits of the server
 * @throws ArgumentValidationError with everything that is wrong
 */
export function checkArgument(argument: unknown, held: ArgumentLimits): void {
  const objects: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  limits = held;
  try {
    const errors = objects.flatMap((value) =>
      typeof value === 'object' && value !== null ? validateSync(value, OPTIONS) : [],
    );
    if (errors.length > 0) throw new BrokenRules(errors, held);
  } finally {
    limits = ARGUMENT_LIMITS;
  }
}

/** Broken rules, with the limits by which they are. */
class BrokenRules extends ArgumentValidationError {
  constructor(
    errors: ValidationError[],
    readonly held: ArgumentLimits,
  ) {
    super(errors);
  }
}

/**
 * What is wrong with an argument, in the order of the schema's classes: own fields before inherited ones, each in the
 * order of its declaration, items of lists in their order.
 */
export function problemsOf(error: ArgumentValidationError): Problem[] {
  return problemsIn(error.extensions.validationErrors, error instanceof BrokenRules ? error.held : ARGUMENT_LIMITS, '');
}

/**
 * @param errors as class-validator gives them
 * @param parent path of the object that they are of; empty for the arguments themselves
 */
function problemsIn(errors: readonly ValidationError[], held: ArgumentLimits, parent: string): Problem[] {
  return errors.flatMap((error) => {
    const path = pathOf(parent, error.property);
    const value: unknown = error.value;
    const rules = new Set(Object.values<unknown>(error.contexts ?? {}).flatMap((context) => ruleIn(context)));
    // A decorator that carries no rule of ours still says what it holds against the value.
    const plain = rules.size > 0 ? [] : Object.values(error.constraints ?? {});
    return [
      ...[...rules].flatMap((rule) => problemsBy(rule, held, value, path)),
      ...plain.map((message) => ({ path, value, message, allowed: message })),
      ...problemsIn(error.children ?? [], held, path),
    ];
  });
}

function problemsBy(rule: Rule, held: ArgumentLimits, value: unknown, path: string): Problem[] {
  const { message, holds } = rule;
  const allowed = typeof rule.allowed === 'string' ? rule.allowed : rule.allowed(held);
  if (!holds || !Array.isArray(value)) return [{ path, value, message, allowed }];
  return value.flatMap((item: unknown, index) =>
    holds(item) ? [] : [{ path: pathOf(path, String(index)), value: item, message, allowed }],
  );
}

/** Names of fields never begin with a digit, so a number is a place in a list. */
function pathOf(parent: string, property: string): string {
  if (/^\d/.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}

function ruleIn(context: unknown): Rule[] {
  const rule: unknown = typeof context === 'object' && context !== null && 'rule' in context ? context.rule : null;
  return rule instanceof Rule ? [rule] : [];
}
