import {
  areProbabilities,
  parseRecipe,
  PROBABILITIES_ALLOWED,
  refuseProblems,
  ScoringError,
  type Alternative,
  type Choice,
  type Problem,
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
export interface LeaveOutRequest {
  /** Codes of nodes below the root; every indicator when left out. */
  readonly nodes?: readonly string[] | null;
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
  const leaveOut = request.leaveOut == null ? [] : [leaveOutChoice(plan, request.leaveOut, problems)];
  refuseProblems(problems);
  return [...choices, ...leaveOut];
}

function leaveOutChoice({ tree }: PlannedRanking, { nodes, keepAll }: LeaveOutRequest, problems: Problem[]): Choice {
  const below = new Set(tree.nodes.flatMap(({ code, depth }) => (depth > 0 ? [code] : [])));
  nodes?.forEach((code, index) => {
    if (!below.has(code))
      problems.push({
        path: `leaveOut.nodes[${String(index)}]`,
        value: code,
        message: 'The framework has no such node below its root.',
        allowed: describeAllowed(below),
        code: 'NOT_FOUND',
      });
  });
  const left = nodes ?? tree.nodes.flatMap(({ code, level }) => (level === 0 ? [code] : []));
  const each = (1 - keepAll) / left.length;
  return {
    code: LEAVE_OUT,
    alternatives: [
      { label: KEEP_ALL, change: {} },
      ...left.map((code) => ({ label: code, change: {}, leftOut: code })),
    ],
    probabilities: [keepAll, ...left.map(() => each)],
  };
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
