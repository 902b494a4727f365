import type { RankingResult, StageTables } from './pipeline';

/**
 * The tables between the stages of a ranking that was asked to keep them.
 * @throws Error where it was not
 */
export function stagesOf({ stages }: Pick<RankingResult, 'stages'>): StageTables {
  if (stages === null) throw new Error('The ranking was made without its stages.');
  return stages;
}
