import {
  areProbabilities,
  parseRecipe,
  PROBABILITIES_ALLOWED,
  refuseProblems,
  ScoringError,
  type Alternative,
  type Choice,
  type Problem,
  type Tree,
  type WeightChoice,
} from '../scoring';
import { describeAllowed } from './city-selection';
import type { PlannedRanking } from './ranking.service';

/** A part of a recipe as a caller writes it. */
type Part = Readonly<Record<string, unknown>>;

/** Alternatives as a caller lists them; null and absent mean that the stage is not varied. */
export interface ChoicesRequest {
  readonly impute?: readonly Part[] | null;
  readonly treat?: readonly Part[] | null;
  readonly normalise?: readonly Part[] | null;
  readonly weight?: readonly Part[] | null;
  /** Each alternative is all rules of the stage. */
  readonly aggregate?: readonly (readonly Part[])[] | null;
}

/** Most alternatives of one choice. */
export const MAX_ALTERNATIVES = 20;

const STAGES = ['impute', 'treat', 'normalise', 'weight', 'aggregate'] as const;

/** How likely the alternatives of a stage are, in their order; null and absent: all alike. */
export type ChoiceProbabilities = { readonly [S in (typeof STAGES)[number]]?: readonly number[] | null };

/** Nodes that are left out, one at a time. Null and absent mean the same. */
export interface LeftOutRequest {
  /** Codes of nodes below the root; every indicator when left out. */
  readonly nodes?: readonly string[] | null;
}

/** The same where each is left out at random. */
export interface LeaveOutRequest extends LeftOutRequest {
  /** Probability (0 to 1) that nothing is left out; the rest is shared evenly. */
  readonly keepAll: number;
}

/** Code of the choice that leaves out nodes. */
export const LEAVE_OUT = 'leaveOut';
/** Label of its alternative that leaves out nothing; no code of a node has spaces. */
export const KEEP_ALL = 'nothing left out';

/**
 * The choices of an analysis in which each is taken at random: those of the stages, and which node is left out.
 * @throws ScoringError with every problem found, at paths such as `probabilities.normalise`
 */
export function drawnChoices(
  plan: PlannedRanking,
  request: {
    readonly choices?: ChoicesRequest | null;
    readonly probabilities?: ChoiceProbabilities | null;
    readonly leaveOut?: LeaveOutRequest | null;
  },
): Choice[] {
  const problems: Problem[] = [];
  const listed = choicesOf(plan, request.choices ?? {});
  const choices = listed.map((choice) => {
    const stage = STAGES.find((code) => code === choice.code);
    const probabilities = (stage && request.probabilities?.[stage]) ?? null;
    if (probabilities !== null && !areProbabilities(probabilities, choice.alternatives.length))
      problems.push({
        path: `probabilities.${choice.code}`,
        value: probabilities,
        message: 'These are no probabilities of the alternatives.',
        allowed: PROBABILITIES_ALLOWED,
      });
    return { ...choice, probabilities };
  });
  for (const stage of STAGES) {
    const probabilities = request.probabilities?.[stage];
    if (probabilities != null && !listed.some(({ code }) => code === stage))
      problems.push({
        path: `probabilities.${stage}`,
        value: probabilities,
        message: 'The stage has no alternatives.',
        allowed: 'probabilities of stages whose alternatives are listed in `choices`',
      });
  }
  const leaveOut = request.leaveOut == null ? [] : [randomlyLeftOut(plan, request.leaveOut, problems)];
  refuseProblems(problems);
  return [...choices, ...leaveOut];
}

function randomlyLeftOut(plan: PlannedRanking, request: LeaveOutRequest, problems: Problem[]): Choice {
  const left = leftOutOf(plan, request, problems);
  const each = (1 - request.keepAll) / left.length;
  return {
    code: LEAVE_OUT,
    alternatives: [{ label: KEEP_ALL, change: {} }, ...left],
    probabilities: [request.keepAll, ...left.map(() => each)],
  };
}

/**
 * The choices of an analysis in which every alternative is taken by itself.
 * @throws ScoringError with every problem found
 */
export function singleChoices(
  plan: PlannedRanking,
  request: { readonly choices?: ChoicesRequest | null; readonly leaveOut?: LeftOutRequest | null },
): Choice[] {
  const problems: Problem[] = [];
  const choices = choicesOf(plan, request.choices ?? {});
  const left = request.leaveOut == null ? null : leftOutOf(plan, request.leaveOut, problems);
  refuseProblems(problems);
  return left === null ? choices : [...choices, { code: LEAVE_OUT, alternatives: left }];
}

/** An alternative for each node that may be left out. */
function leftOutOf({ tree }: PlannedRanking, { nodes }: LeftOutRequest, problems: Problem[]): Alternative[] {
  nodes?.forEach((code, index) => {
    checkBelowRoot(tree, code, `leaveOut.nodes[${String(index)}]`, problems);
  });
  const left = nodes ?? tree.nodes.flatMap(({ code, level }) => (level === 0 ? [code] : []));
  return left.map((code) => ({ label: code, change: {}, leftOut: code }));
}

function checkBelowRoot(tree: Tree, code: string, path: string, problems: Problem[]): void {
  const below = tree.nodes.flatMap((node) => (node.depth > 0 ? [node.code] : []));
  if (below.includes(code)) return;
  const message = 'The framework has no such node below its root.';
  problems.push({ path, value: code, message, allowed: describeAllowed(below), code: 'NOT_FOUND' });
}

/** Weights that vary together, each up to a share of it more or less. Null and absent mean the same. */
export interface WeightRangeRequest {
  /** Above 0, at most 1. */
  readonly share: number;
  /** Codes of nodes below the root; every node that has siblings when left out. */
  readonly nodes?: readonly string[] | null;
}

/**
 * The weights of a request, one by one.
 * @throws ScoringError with every problem found, at paths such as `weights[0].nodes[1]`
 */
export function weightChoicesOf({ tree }: PlannedRanking, request: readonly WeightRangeRequest[]): WeightChoice[] {
  const problems: Problem[] = [];
  const withSiblings = tree.nodes.flatMap(({ children }) => (children.length > 1 ? children : []));
  const codes = tree.nodes.flatMap(({ code }, index) => (withSiblings.includes(index) ? [code] : []));
  const seen = new Set<string>();
  const weights = request.flatMap(({ share, nodes }, w) => {
    const path = `weights[${String(w)}]`;
    if (!(share > 0 && share <= 1))
      problems.push({
        path: `${path}.share`,
        value: share,
        message: 'The share is out of range.',
        allowed: 'a number above 0, at most 1',
      });
    return (nodes ?? codes).map((node, k) => {
      const place = nodes == null ? path : `${path}.nodes[${String(k)}]`;
      if (seen.has(node))
        problems.push({ path: place, value: node, message: 'The node is listed twice.', allowed: 'each node once' });
      else checkBelowRoot(tree, node, place, problems);
      seen.add(node);
      return { node, share };
    });
  });
  refuseProblems(problems);
  return weights;
}

/**
 * The choices of a request, each stage's alternatives checked as the parts of a recipe are. The lists are literal: the recipe's
 * own method takes part only where it is listed. An alternative is labelled by its method, with ` (2)` after it where it repeats.
 * @throws ScoringError with every problem found, at paths such as `choices.normalise[1].method`
 */
export function choicesOf(plan: PlannedRanking, request: ChoicesRequest): Choice[] {
  const problems: Problem[] = [];
  const choices = STAGES.flatMap((stage): Choice[] => {
    const listed = request[stage];
    if (listed == null) return [];
    const seen = new Map<string, number>();
    const alternatives: Alternative[] = [];
    listed.forEach((part, k) => {
      const path = `choices.${stage}[${String(k)}]`;
      try {
        const change = changeOf(plan, stage, part);
        const basis = change.normalise?.basis?.release ?? null;
        if (change.normalise && basis !== null && basis !== (plan.recipe.normalise.basis?.release ?? null))
          problems.push({
            path: `${path}.basis.release`,
            value: basis,
            message: 'The alternatives and the recipe take their statistics from one release.',
            allowed: "the recipe's own basis release, or none",
            code: 'BAD_INPUT',
          });
        const same = alternatives.findIndex((other) => JSON.stringify(other.change) === JSON.stringify(change));
        if (same >= 0)
          problems.push({
            path,
            value: part,
            message: `The alternative is the same as number ${String(same)}.`,
            allowed: 'each alternative once',
            code: 'BAD_INPUT',
          });
        const method = methodOf(change);
        const count = (seen.get(method) ?? 0) + 1;
        seen.set(method, count);
        alternatives.push({ label: count === 1 ? method : `${method} (${String(count)})`, change });
      } catch (error) {
        if (!(error instanceof ScoringError)) throw error;
        for (const problem of error.problems)
          problems.push({
            code: error.code,
            ...problem,
            path: problem.path.replace(`choices.${stage}`, path),
          });
      }
    });
    return [{ code: stage, alternatives }];
  });
  refuseProblems(problems);
  return choices;
}

function changeOf(plan: PlannedRanking, stage: (typeof STAGES)[number], part: unknown): Alternative['change'] {
  const parsed = parseRecipe({ [stage]: part }, { tree: plan.tree, panel: plan.data.panel }, 'choices');
  return { [stage]: parsed[stage] };
}

function methodOf({ impute, treat, normalise, weight, aggregate }: Alternative['change']): string {
  if (aggregate) return aggregate.map(({ method }) => method).join('+') || 'ARITHMETIC';
  return (impute ?? treat ?? normalise ?? weight)?.method ?? '';
}
