import {
  cityMetaOf,
  indicatorMetaOf,
  nodeDefinitionOf,
  type FrameworkNode,
  type IndexFramework,
  type Unversioned,
} from '../entities';
import { buildTree, parseRecipe, type Problem, type RecipeScope, ScoringError, type Tree } from '../scoring';
import { CSV_TABLES, type Bundle, type CsvRowsName } from './bundle';
import type { ReleaseContent } from './content';
import { BUNDLE_LIMITS } from './limits';
import type { DataProblemCode, ProblemLog } from './report';
import { keyOfParts } from './tables';

/** Finds what is wrong with a recipe, given the framework and the data that it is for. */
export type RecipeCheck = (recipe: Readonly<Record<string, unknown>>, scope: RecipeScope) => readonly Problem[];

/** The engine's own check of a recipe. */
export const checkRecipeByEngine: RecipeCheck = (recipe, scope) => {
  try {
    parseRecipe(recipe, scope);
    return [];
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    if (error.problems.length > 0) return error.problems;
    return [{ path: 'recipe', value: null, message: error.message, allowed: 'a recipe that the engine accepts' }];
  }
};

/** What the checks found out on their way. */
export interface CheckedContent {
  /** Row of each framework that has a node in the bundle. */
  readonly indexFrameworks: readonly Unversioned<IndexFramework>[];
}

/**
 * Checks what joins the rows: references, trees, recipes and size. The bundle's rows are checked against the merged
 * content, and so is every framework and recipe of it, since a bundle can break one that it does not name.
 */
export function checkContent(
  content: ReleaseContent,
  bundle: Bundle,
  checkRecipe: RecipeCheck,
  log: ProblemLog,
): CheckedContent {
  checkReferences(content, bundle, log);
  const trees = checkTrees(content, bundle, log);
  const years = [...new Set(Array.from(content.observations.values(), (row) => row.year))].sort((a, b) => a - b);
  const cells = content.cities.size * content.indicators.size * years.length;
  if (cells > BUNDLE_LIMITS.cells) {
    log.error({
      file: CSV_TABLES.observations.file,
      line: null,
      column: null,
      value: String(cells),
      code: 'TOO_LARGE',
      message: 'The release would have too many cells (cities × indicators × years).',
      allowed: `at most ${String(BUNDLE_LIMITS.cells)}`,
    });
  }
  checkRecipes(content, bundle, trees, years, checkRecipe, log);
  return { indexFrameworks: indexFrameworksOf(content, bundle, trees) };
}

function checkReferences(content: ReleaseContent, bundle: Bundle, log: ProblemLog): void {
  const fail = (name: CsvRowsName, line: number, column: string, value: string, what: string): void => {
    log.error({
      file: CSV_TABLES[name].file,
      line,
      column,
      value,
      code: 'REFERENCE_UNKNOWN',
      message: `There is no such ${what}.`,
      allowed: `a ${what} of this bundle or of the release before`,
    });
  };
  const check = (name: CsvRowsName, line: number, column: string, value: string | null, kind: Kind): void => {
    if (value !== null && !isKnown(content, bundle, kind, value)) fail(name, line, column, value, KINDS[kind]);
  };
  for (const { row, line } of bundle.indicators.rows.values()) {
    check('indicators', line, 'denominator', row.denominatorCode, 'indicators');
    check('indicators', line, 'source_id', row.sourceId, 'sources');
  }
  for (const { row, line } of bundle.observations.rows.values()) {
    check('observations', line, 'city_code', row.cityCode, 'cities');
    check('observations', line, 'indicator_code', row.indicatorCode, 'indicators');
    check('observations', line, 'source_id', row.sourceId, 'sources');
  }
  for (const { row, line } of bundle.publishedRankings.rows.values()) {
    check('publishedRankings', line, 'city_code', row.cityCode, 'cities');
    check('publishedRankings', line, 'source_id', row.sourceId, 'sources');
  }
  for (const { row, line } of bundle.initiatives.rows.values()) {
    check('initiatives', line, 'city_code', row.cityCode, 'cities');
    check('initiatives', line, 'source_id', row.sourceId, 'sources');
  }
}

/** What a column may refer to, and its name in a message. */
const KINDS = { cities: 'city', indicators: 'indicator', sources: 'source' } as const;
type Kind = keyof typeof KINDS;

/** Whether a code is defined. One in a row or a file that could not be read is not reported a second time. */
function isKnown(content: ReleaseContent, bundle: Bundle, kind: Kind, code: string): boolean {
  return content[kind].has(code) || bundle[kind].badKeys.has(code) || !bundle[kind].complete;
}

/** The trees that are sound, by framework. */
function checkTrees(content: ReleaseContent, bundle: Bundle, log: ProblemLog): Map<string, Tree> {
  const trees = new Map<string, Tree>();
  // Without all of its nodes a framework need not be a tree.
  if (!bundle.frameworkNodes.complete) return trees;
  const incomplete = frameworksOfBadNodes(bundle);
  for (const [framework, nodes] of nodesByFramework(content)) {
    if (incomplete.has(framework)) continue;
    const fail = (
      node: string | null,
      column: string | null,
      value: string | null,
      code: DataProblemCode,
      message: string,
      allowed: string,
    ): void => {
      const line = node === null ? null : (bundle.frameworkNodes.rows.get(keyOfParts(framework, node))?.line ?? null);
      log.error({ file: CSV_TABLES.frameworkNodes.file, line, column, value, code, message, allowed });
    };
    if (nodes.length > BUNDLE_LIMITS.frameworkNodes) {
      const allowed = `at most ${String(BUNDLE_LIMITS.frameworkNodes)} nodes`;
      fail(null, 'framework', framework, 'TOO_LARGE', 'The framework has too many nodes.', allowed);
      continue;
    }
    try {
      trees.set(framework, buildTree(framework, nodes.map(nodeDefinitionOf)));
    } catch (error) {
      if (!(error instanceof ScoringError)) throw error;
      for (const problem of error.problems) {
        const node = nodes.some(({ code }) => code === problem.path) ? problem.path : null;
        const value = problemText(problem.value) ?? problem.path;
        const message = `Framework ${framework}${node === null ? '' : `, node ${node}`}: ${problem.message}`;
        fail(node, node === null ? 'framework' : null, value, 'TREE_INVALID', message, problem.allowed);
      }
    }
    for (const { code, indicatorCode } of nodes) {
      if (indicatorCode === null) continue;
      if (!isKnown(content, bundle, 'indicators', indicatorCode)) {
        const allowed = 'an indicator of this bundle or of the release before';
        fail(code, 'indicator', indicatorCode, 'REFERENCE_UNKNOWN', 'There is no such indicator.', allowed);
      } else if (content.indicators.get(indicatorCode)?.direction === null) {
        const message = 'The indicator has no direction, so nothing can be ranked by it.';
        fail(code, 'indicator', indicatorCode, 'TREE_INVALID', message, 'an indicator with a direction');
      }
    }
  }
  return trees;
}

function frameworksOfBadNodes(bundle: Bundle): Set<string> {
  return new Set(Array.from(bundle.frameworkNodes.badKeys, (key) => key.slice(0, key.indexOf('\0'))));
}

function problemText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function nodesByFramework(content: ReleaseContent): Map<string, Unversioned<FrameworkNode>[]> {
  const frameworks = new Map<string, Unversioned<FrameworkNode>[]>();
  for (const node of content.frameworkNodes.values()) {
    const nodes = frameworks.get(node.frameworkCode);
    if (nodes) nodes.push(node);
    else frameworks.set(node.frameworkCode, [node]);
  }
  return frameworks;
}

function checkRecipes(
  content: ReleaseContent,
  bundle: Bundle,
  trees: ReadonlyMap<string, Tree>,
  years: readonly number[],
  checkRecipe: RecipeCheck,
  log: ProblemLog,
): void {
  const cities = Array.from(content.cities.values(), cityMetaOf);
  const indicators = Array.from(content.indicators.values(), indicatorMetaOf);
  const frameworks = new Set(Array.from(content.frameworkNodes.values(), (node) => node.frameworkCode));
  const badFrameworks = frameworksOfBadNodes(bundle);
  for (const { code, frameworkCode, recipe } of content.methodologies.values()) {
    const index = bundle.methodologies.get(code)?.index;
    const place = index === undefined ? code : `[${String(index)}]`;
    const at = { file: 'methodologies.json', line: null } as const;
    const known = frameworks.has(frameworkCode) || !bundle.frameworkNodes.complete;
    if (!known && !badFrameworks.has(frameworkCode)) {
      log.error({
        ...at,
        column: `${place}.framework`,
        value: frameworkCode,
        code: 'REFERENCE_UNKNOWN',
        message: 'There is no such framework.',
        allowed: 'a framework of this bundle or of the release before',
      });
      continue;
    }
    // A framework that is not a tree has its own errors, and nothing can be said of its recipes.
    const tree = trees.get(frameworkCode);
    if (!tree) continue;
    for (const { path, value, message, allowed } of checkRecipe(recipe, {
      tree,
      panel: { cities, indicators, years },
    })) {
      log.error({
        ...at,
        column: `${place}.${path}`,
        value: problemText(value),
        code: 'RECIPE_INVALID',
        message,
        allowed,
      });
    }
  }
}

function indexFrameworksOf(
  content: ReleaseContent,
  bundle: Bundle,
  trees: ReadonlyMap<string, Tree>,
): Unversioned<IndexFramework>[] {
  const touched = new Set(Array.from(bundle.frameworkNodes.rows.values(), ({ row }) => row.frameworkCode));
  return [...touched].flatMap((code) => {
    const tree = trees.get(code);
    const rootCode = tree?.nodes[tree.root]?.code;
    const root = rootCode === undefined ? undefined : content.frameworkNodes.get(keyOfParts(code, rootCode));
    if (!root) return [];
    return [{ code, rootCode: root.code, nameEn: root.nameEn, nameZh: root.nameZh, nameFr: root.nameFr }];
  });
}
