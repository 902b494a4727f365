import { refuseProblems, type Problem } from '../errors';
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
}

/** A weight that is not known exactly: uniform between `nominal × (1 − share)` and `nominal × (1 + share)` before siblings are made to add to 1. */
export interface WeightChoice {
  readonly node: string;
  /** Above 0, at most 1. */
  readonly share: number;
}

/**
 * Checks choices against the tree.
 * @throws ScoringError `BAD_INPUT` for a choice without alternatives, a code or label that is used twice, and a share outside
 * 0..1; `NOT_FOUND` for a node that is not in the tree; every problem is listed.
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
  choices.forEach(({ code, alternatives }, c) => {
    const path = `choices[${String(c)}]`;
    if (seen.has(code)) add(`${path}.code`, code, 'Two choices have this code.', 'each code once');
    seen.add(code);
    if (alternatives.length === 0) add(path, code, 'The choice has no alternative.', 'at least one alternative');
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
