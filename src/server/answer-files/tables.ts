import type { Cell, Column, NamedTable } from '../../rankings/files/table';
import { isRecord } from '../operation-request';
import type { Selected } from './selection';

/*
 * Which tables an answer holds.
 *
 * Every list of objects is one, named by the path to it, such as `ranking.rows.nodes`, with a row for each item. Its columns
 * are the scalars of the items, `city.code` for those of objects in them, after those of the objects that the list is
 * within. The latter are named by their path from the root field's object, each step after a stroke: `/digest`,
 * `/rows/totalCount`. A name begins with a stroke or has none, so that no two are the same, whatever is selected.
 *
 * An object of parallel lists is one, with a row for each place in the lists. A list of such objects is one, with a row for
 * each place in the lists of each; where the objects that it is within are of parallel lists, too, their items at the same
 * place stand before.
 *
 * The object of a root field is one of a single row, so that what stands in no list has a place.
 */

/** A table of an answer. */
export interface AnswerTable extends NamedTable {
  /** What its list or object is, as the schema has it. */
  readonly description: string;
  /** Whether it is the single row of a root field's object. */
  readonly isObject: boolean;
}

/** Names of the types whose objects are parallel lists. */
const PARALLEL = /(?:Column|Columns|Matrix)$/;
/** What clients ask of any object of their own accord. */
const TYPE_NAME = '__typename';

/** Names of fields, from an object to what is within. */
type Path = readonly string[];

/** Leads from the object of the step before to rows. */
interface Step {
  readonly path: Path;
  /** One object, each item of a list, or each place in an object's parallel lists. */
  readonly kind: 'object' | 'items' | 'places';
  /** The parallel lists, from the object. */
  readonly lists: readonly Path[];
}

/** A column, and where its cells are. */
interface PlacedColumn extends Column {
  /** Number of the step whose object it is in. */
  readonly step: number;
  readonly path: Path;
  /** Levels of lists in a cell. */
  readonly lists: number;
  /** Whether it is a parallel list, of which each row has the item at its place. */
  readonly isParallel: boolean;
}

/** Where tables are looked for: in an object or the items of a list. */
interface Scope {
  readonly names: Path;
  readonly steps: readonly Step[];
  /** From the object of the last step to this one. */
  readonly path: Path;
  /** Columns of the objects that it is within. */
  readonly around: readonly PlacedColumn[];
  /** Whether its lists are parallel. */
  readonly isParallel: boolean;
}

/** A scalar, or list of scalars, of an object or of one in it. */
interface Leaf {
  readonly field: Selected;
  readonly path: Path;
  /** Path of the object whose lists it is parallel to; null where it is none of parallel lists. */
  readonly group: string | null;
}

/**
 * The tables of an answer, each after the ones that it is within.
 * @param data of an answer without errors
 */
export function tablesOf(selection: readonly Selected[], data: unknown): readonly AnswerTable[] {
  return new TableFinder(selection, data).tables;
}

class TableFinder {
  readonly tables: AnswerTable[] = [];
  /** Fields that give objects whose lists should be parallel and have not the same length. */
  readonly #uneven = new Set<Selected>();

  constructor(
    selection: readonly Selected[],
    private readonly data: unknown,
  ) {
    this.#findUneven(selection, data);
    for (const field of selection) {
      // The schema itself is no figures.
      if (field.fields === null || field.field.startsWith('__')) continue;
      const scope: Scope = { names: [], steps: [], path: [], around: [], isParallel: false };
      if (field.lists > 0) {
        this.#inList(field, field.fields, scope);
        continue;
      }
      const steps: Step[] = [{ path: [field.name], kind: 'object', lists: [] }];
      const inside = { ...scope, names: [field.name], steps };
      if (this.#listsOf(field).length === 0) this.#add(field, inside, this.#cells(field.fields, 0));
      this.#inObject(field, field.fields, inside);
    }
  }

  #inList(field: Selected, fields: readonly Selected[], { names, steps, path, around }: Scope): void {
    const items: Step = { path: [...path, field.name], kind: 'items', lists: [] };
    const scope = { names: [...names, field.name], steps: [...steps, items], path: [], around, isParallel: false };
    const lists = this.#listsOf(field);
    if (lists.length > 0) this.#addPlaces(field, fields, lists, scope);
    else this.#add(field, scope, this.#cells(fields, steps.length));
    this.#within(fields, { ...scope, isParallel: lists.length > 0 });
  }

  #inObject(field: Selected, fields: readonly Selected[], scope: Scope): void {
    const lists = scope.isParallel ? [] : this.#listsOf(field);
    if (lists.length > 0) this.#addPlaces(field, fields, lists, scope);
    this.#within(fields, { ...scope, isParallel: scope.isParallel || lists.length > 0 });
  }

  #within(fields: readonly Selected[], scope: Scope): void {
    const around = [...scope.around, ...this.#columnsAround(fields, scope)];
    for (const field of fields) {
      if (field.fields === null) continue;
      if (field.lists > 0) this.#inList(field, field.fields, { ...scope, around });
      else {
        const [names, path] = [scope.names, scope.path].map((steps) => [...steps, field.name]);
        const isParallel = scope.isParallel && this.#hasParallelLists(field);
        this.#inObject(field, field.fields, {
          steps: scope.steps,
          names: names ?? [],
          path: path ?? [],
          around,
          isParallel,
        });
      }
    }
  }

  #addPlaces(
    field: Selected,
    fields: readonly Selected[],
    lists: readonly Path[],
    { names, steps, path, around }: Scope,
  ): void {
    const places: Step = { path, kind: 'places', lists };
    const scope = { names, steps: [...steps, places], path: [], around, isParallel: true };
    this.#add(field, scope, this.#cells(fields, steps.length, ''));
  }

  #add({ description }: Selected, { names, steps, around }: Scope, own: readonly PlacedColumn[]): void {
    if (own.every(({ path }) => path.at(-1) === TYPE_NAME)) return;
    const hasPlaces = steps.at(-1)?.kind === 'places';
    const columns = [...around.filter(({ isParallel }) => hasPlaces || !isParallel), ...own];
    this.tables.push(tableOf(this.data, { name: names.join('.'), description }, columns, steps));
  }

  /**
   * Columns of an object's scalars and of those in it. Lists that are a table of their own are left out.
   * @param group the one whose lists are parallel here; null where none are
   */
  #cells(fields: readonly Selected[], step: number, group: string | null = null): PlacedColumn[] {
    return this.#leavesOf(fields, [], group)
      .filter((leaf) => leaf.field.lists === 0 || leaf.group === null || leaf.group === group)
      .map(({ field, path, group: found }) => columnOf(field, path.join('.'), step, path, found !== null));
  }

  /** Columns that an object gives to the tables within it: its scalars, and those of objects in it that hold no table. */
  #columnsAround(fields: readonly Selected[], { names, steps, path, isParallel }: Scope): PlacedColumn[] {
    const plain = fields.filter((field) => field.fields === null || (field.lists === 0 && !this.#holdsTable(field)));
    return this.#leavesOf(plain, [], isParallel ? '' : null).map((leaf) => {
      const name = ['', ...names.slice(1), ...leaf.path].join('/');
      return columnOf(leaf.field, name, steps.length - 1, [...path, ...leaf.path], leaf.group !== null);
    });
  }

  #holdsTable(field: Selected): boolean {
    return (
      field.fields !== null &&
      (field.lists > 0 || this.#listsOf(field).length > 0 || field.fields.some((below) => this.#holdsTable(below)))
    );
  }

  #hasParallelLists(field: Selected): boolean {
    return PARALLEL.test(field.type) && !this.#uneven.has(field);
  }

  /** Paths of the parallel lists of a field's objects. */
  #listsOf(field: Selected): readonly Path[] {
    if (field.fields === null || !this.#hasParallelLists(field)) return [];
    return this.#leavesOf(field.fields, [], '').flatMap((leaf) =>
      leaf.field.lists > 0 && leaf.group === '' ? [leaf.path] : [],
    );
  }

  #leavesOf(fields: readonly Selected[], before: Path, group: string | null): Leaf[] {
    return fields.flatMap((field): Leaf[] => {
      const path = [...before, field.name];
      if (field.fields === null) return [{ field, path, group }];
      if (field.lists > 0) return [];
      const inside = this.#hasParallelLists(field) ? (group ?? path.join('.')) : null;
      return this.#leavesOf(field.fields, path, inside);
    });
  }

  #findUneven(fields: readonly Selected[], data: unknown): void {
    for (const field of fields) {
      if (field.fields === null) continue;
      const lists = this.#listsOf(field);
      for (const object of itemsOf(at(data, [field.name]))) {
        const lengths = new Set(lists.flatMap((path) => lengthAt(object, path) ?? []));
        if (lengths.size > 1) this.#uneven.add(field);
        this.#findUneven(field.fields, object);
      }
    }
  }
}

/** Where a row stands: the objects of the steps, and the place in the last one's lists. */
interface Standing {
  readonly objects: readonly unknown[];
  readonly index: number;
  /** Length of those lists. */
  readonly length: number;
}

function tableOf(
  data: unknown,
  { name, description }: Pick<AnswerTable, 'name' | 'description'>,
  columns: readonly PlacedColumn[],
  steps: readonly Step[],
): AnswerTable {
  return {
    name,
    description,
    columns,
    rowCount: Array.from(standingsOf(data, steps), () => null).length,
    isObject: steps.length === 1 && steps[0]?.kind === 'object',
    *rows() {
      for (const standing of standingsOf(data, steps))
        yield columns.map((column) => cellOf(valueOf(column, standing), column));
    },
  };
}

/** Every row, in order. */
function* standingsOf(data: unknown, steps: readonly Step[], objects: readonly unknown[] = []): Iterable<Standing> {
  const step = steps[objects.length];
  if (!step) {
    yield { objects, index: 0, length: 1 };
    return;
  }
  const value = at(objects.length === 0 ? data : objects.at(-1), step.path);
  if (step.kind === 'items') {
    if (Array.isArray(value)) for (const item of itemsOf(value)) yield* standingsOf(data, steps, [...objects, item]);
  } else if (step.kind === 'object') {
    if (isRecord(value)) yield* standingsOf(data, steps, [...objects, value]);
  } else {
    const [length = 0] = step.lists.flatMap((path) => lengthAt(value, path) ?? []);
    for (let index = 0; index < length; index += 1) yield { objects: [...objects, value], index, length };
  }
}

function valueOf({ step, path, isParallel }: PlacedColumn, { objects, index, length }: Standing): unknown {
  const value = at(objects[step], path);
  if (!isParallel || !Array.isArray(value)) return value;
  // Lists of the objects around may be of another length, and then have nothing at this place.
  const items: readonly unknown[] = value;
  return items.length === length ? items[index] : null;
}

/** What stands at a path; null where an object on the way is null, or is of a type that has no such field. */
function at(object: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, name) => (isRecord(parent) && Object.hasOwn(parent, name) ? parent[name] : null),
    object,
  );
}

/** The items of a list, and of lists in it; a single value is one item. */
function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flat(Infinity) : [value];
}

function lengthAt(object: unknown, path: Path): number | null {
  const list = at(object, path);
  return Array.isArray(list) ? list.length : null;
}

const KINDS: Readonly<Record<string, Column['kind']>> = { Float: 'NUMBER', Int: 'INTEGER' };

function columnOf(field: Selected, name: string, step: number, path: Path, isInGroup: boolean): PlacedColumn {
  const isParallel = isInGroup && field.lists > 0;
  const lists = field.lists - (isParallel ? 1 : 0);
  const kind = lists > 0 ? 'TEXT' : (KINDS[field.type] ?? 'TEXT');
  return { name, kind, unit: null, description: field.description, step, path, lists, isParallel };
}

function cellOf(value: unknown, { kind, lists }: PlacedColumn): Cell {
  if (value === null || value === undefined) return null;
  if (kind !== 'TEXT') return typeof value === 'number' ? value : null;
  if (lists !== 1 || !Array.isArray(value)) return textOf(value);
  const items: readonly unknown[] = value;
  // An empty list is an empty cell, as in the files of rankings.
  return items.length === 0 ? null : items.map((item) => (item === null ? '' : textOf(item))).join(';');
}

/** A text as it is; anything else as JSON: `true`, lists of lists, objects of the scalar `JSON`. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
