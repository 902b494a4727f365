import type { Benchmark } from './bench';
import { inTurns, PINNED, QUERY, rowsOf, type Contender, type Load } from './http/in-turns';

/** Long, since what is made anew runs through far more code than what is kept, and takes as much longer to be compiled well. */
const WARM_UP_SECONDS = 8;
const VARIED_INPUT = { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 0 }] } } };

const VARIED: Load = {
  body: JSON.stringify({ query: QUERY, variables: { input: VARIED_INPUT } }).replace('"weight":0', '"weight":@weight@'),
  vary: true,
};
const MADE: readonly Contender[] = [
  { name: 'Apollo with TypeGraphQL as it comes', kind: 'apollo', load: VARIED },
  { name: 'GraphQL Yoga', kind: 'yoga', load: VARIED },
  { name: 'Mercurius', kind: 'mercurius', load: VARIED },
  { name: 'Mercurius with JIT', kind: 'mercurius-jit', load: VARIED },
  { name: 'ours, answers not kept', kind: 'ours-cold', load: VARIED },
  { name: 'ours', kind: 'ours', load: VARIED },
];

/** The same with another weight in every request, so that each answer is made anew. */
export const benchmark: Benchmark = {
  title: `Requests a second, another weight every time${PINNED}`,
  rows: async () => rowsOf(await inTurns(MADE, WARM_UP_SECONDS), 'Apollo'),
};
