import type { RankingRequest, RankingService } from '../rankings/ranking.service';
import type { RankingCheck } from './ranking-check.types';
import { checkArgument, type ArgumentLimits } from './rules';
import { userErrorsOfAll, withUserErrors } from './user-errors';

/**
 * Checks a request for a form. The rules of its fields, its cities and its recipe are refused one by one elsewhere; a
 * form wants all of it.
 */
export async function checkRanking(
  rankings: Pick<RankingService, 'preview' | 'checkCities'>,
  request: RankingRequest,
  limits: ArgumentLimits,
): Promise<RankingCheck> {
  const { value: preview } = await withUserErrors(() => rankings.preview(request));
  const userErrors = await userErrorsOfAll([
    () => {
      checkArgument(request, limits);
    },
    () => rankings.checkCities(request),
    () => rankings.preview(request),
  ]);
  // `year` is short for the recipe's; it is told once.
  const shown = userErrors.some(({ path }) => path === 'year')
    ? userErrors.filter(({ path }) => path !== 'recipe.period.year')
    : userErrors;
  return { userErrors: shown, preview: userErrors.length === 0 ? preview : null };
}
