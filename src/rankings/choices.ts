import { parseRecipe, refuseProblems, ScoringError, type Alternative, type Choice, type Problem } from '../scoring';
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
