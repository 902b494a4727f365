import { refuseProblems, ScoringError, type Problem } from '../errors';
import { itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import type { Tree } from '../tree';

/** One way to take a choice: the parts of the methodology that it replaces, each whole, or a node that it leaves out. */
export interface Alternative {
  /** Unique within its choice, such as the method's id. */
  readonly label: string;
  readonly change: Partial<Pick<Methodology, 'impute' | 'treat' | 'normalise' | 'weight' | 'aggregate'>>;
  /** Code of a node whose weight is set to 0, as COINr's `remove_elements` does; null: none. */
  readonly leftOut?: string | null;
}

/** A choice of the analyst: the ways that it could have been taken, the one that was taken among them or not. */
export interface Choice {
  /** Unique among the choices, such as `normalise`. */
  readonly code: string;
  /** At least one. */
  readonly alternatives: readonly Alternative[];
  /** How likely each alternative is, in their order: 0 to 1 each, adding to 1. Null or left out: all alike. */
  readonly probabilities?: readonly number[] | null;
}

/** Whether a choice can come out in two ways at least. */
export function canVary({ alternatives, probabilities }: Choice): boolean {
  return (probabilities ?? alternatives).filter((probability) => probability !== 0).length > 1;
}

/** How far from 1 probabilities may add up to. */
const PROBABILITY_SLACK = 1e-9;

/** What a choice's probabilities must be. */
export const PROBABILITIES_ALLOWED = 'one number from 0 to 1 for each alternative, adding to 1';

/** Whether numbers can be the probabilities of so many alternatives. */
export function areProbabilities(values: readonly number[], alternatives: number): boolean {
  const sum = values.reduce((total, value) => total + value, 0);
  const inRange = values.every((value) => value >= 0 && value <= 1);
  return values.length === alternatives && inRange && Math.abs(sum - 1) <= PROBABILITY_SLACK;
}

/** Index of the alternative that a number in [0, 1) picks: each takes a part of the interval as long as its probability. */
export function alternativeAt({ alternatives, probabilities }: Choice, uniform: number): number {
  if (probabilities == null) return Math.floor(uniform * alternatives.length);
  let last = 0;
  let end = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const probability = itemAt(probabilities, k);
    if (probability === 0) continue;
    last = k;
    end += probability;
    if (uniform < end) return k;
  }
  // The sum may fall short of 1 by a rounding.
  return last;
}

/** A weight that is not known exactly: uniform between `nominal × (1 − share)` and `nominal × (1 + share)` before siblings are made to add to 1. */
export interface WeightChoice {
  readonly node: string;
  /** Above 0, at most 1. */
  readonly share: number;
}

/**
 * Checks choices against the tree.
 * @throws ScoringError `BAD_INPUT` for a choice without alternatives, a code or label that is used twice, a share outside
 * 0..1, and probabilities that are none; `NOT_FOUND` for a node that is not in the tree; every problem is listed.
 */
export function checkChoices(tree: Tree, choices: readonly Choice[], weights: readonly WeightChoice[] = []): void {
  const problems: Problem[] = [];
  const add = (path: string, value: unknown, message: string, allowed: string, code?: 'NOT_FOUND'): void => {
    problems.push({ path, value, message, allowed, ...(code && { code }) });
  };
  const node = (path: string, code: string): void => {
    const index = tree.indexOf.get(code);
    if (index === undefined)
      add(path, code, 'The framework has no node of this code.', 'a node of the framework', 'NOT_FOUND');
    else if (index === tree.root)
      add(path, code, 'The root has no siblings to be weighed against.', 'a node below the root');
  };
  const seen = new Set<string>();
  choices.forEach(({ code, alternatives, probabilities }, c) => {
    const path = `choices[${String(c)}]`;
    if (seen.has(code)) add(`${path}.code`, code, 'Two choices have this code.', 'each code once');
    seen.add(code);
    if (alternatives.length === 0) add(path, code, 'The choice has no alternative.', 'at least one alternative');
    if (probabilities != null && !areProbabilities(probabilities, alternatives.length))
      add(`${path}.probabilities`, probabilities, 'These are no probabilities.', PROBABILITIES_ALLOWED);
    const labels = new Set<string>();
    alternatives.forEach(({ label, leftOut }, k) => {
      const alternative = `${path}.alternatives[${String(k)}]`;
      if (labels.has(label)) add(`${alternative}.label`, label, 'Two alternatives have this label.', 'each label once');
      labels.add(label);
      if (typeof leftOut === 'string') node(`${alternative}.leftOut`, leftOut);
    });
  });
  const weighed = new Set<string>();
  weights.forEach((weight, w) => {
    const path = `weights[${String(w)}]`;
    node(`${path}.node`, weight.node);
    if (weighed.has(weight.node)) add(`${path}.node`, weight.node, 'The node is listed twice.', 'each node once');
    weighed.add(weight.node);
    if (!(weight.share > 0 && weight.share <= 1))
      add(`${path}.share`, weight.share, 'The share is out of range.', 'a number above 0, at most 1');
  });
  refuseProblems(problems);
}

/**
 * Does work on a combination of alternatives. What it is refused for names the combination, and stands at the choices.
 * @param names lists the alternatives that are taken, such as `normalise Z_SCORE`
 * @throws ScoringError what the work is refused for
 */
export function namingChoices<T>(names: () => readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    const listed = names();
    if (listed.length === 0) throw error;
    const prefix = `With ${listed.join(', ')}: `;
    throw new ScoringError(
      error.code,
      `choices: ${prefix}${error.message}`,
      error.problems.map((problem) => ({ ...problem, path: 'choices', message: `${prefix}${problem.message}` })),
    );
  }
}
