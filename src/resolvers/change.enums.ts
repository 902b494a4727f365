import type { change } from '../scoring';
import { defineEnum } from './enums';

/** Where the statistics of a normalisation over years come from. */
export const NormalisationOverYearsEnum = defineEnum<change.NormalisationOverYears>(
  'NormalisationOverYears',
  'Where the statistics of the normalisation come from, when several years are ranked.',
  {
    JOINT: 'From the cities of all the years together, so that a score means the same in every year.',
    PER_YEAR:
      'From the cities of each year by itself, as `ranking` does. Ranks can be compared, scores as a rule cannot.',
    AS_RECIPE: "From where the recipe's own `normalise.basis` says.",
  },
);

/** Which indicators are scored over years. */
export const IndicatorsOverYearsEnum = defineEnum<change.IndicatorsOverYears>(
  'IndicatorsOverYears',
  'Which indicators are scored, when several years are ranked.',
  {
    IN_EVERY_YEAR:
      'Those of which every year has a usable value of some city; the others are left out of all years and listed.',
    AS_AVAILABLE: 'In each year those that it has. An indicator that comes or goes then moves scores by itself.',
  },
);

/** Which cities make up a balanced panel. */
export const PanelRuleEnum = defineEnum<change.PanelRule>(
  'PanelRule',
  'Which cities take part in a comparison over years. Those that do not are listed with the reason.',
  {
    SCORED: 'Those with a score at the node in every year.',
    SAME_INDICATORS: 'Those whose score at the node rests on the same indicators in every year.',
    COMPLETE: 'Those with a value of every scored indicator under the node in every year.',
  },
);

/** What a change of rank comes from. */
export const ChangeCauseEnum = defineEnum<change.ChangeCause>('ChangeCause', 'What a change of rank comes from.', {
  REVISIONS: "The first ranking's figures as the second release has them.",
  OWN_DATA: "The city's own figures of the second year.",
  OTHERS_DATA: 'The figures of the second year of the other cities that both rankings score.',
  CITIES: 'Cities that were scored in one of the rankings only, for whatever reason: selection, data or screening.',
  METHODOLOGY: 'Recipe and framework.',
});

/** How growth is measured. */
export const GrowthFormEnum = defineEnum<change.GrowthForm>('GrowthForm', 'How growth and level are measured.', {
  LOG: 'Growth is (ln last − ln first) / years, on ln first; used where every score is above 0.',
  LINEAR: 'Growth is (last − first) / years, on first; used where a score is 0 or below.',
});
