import { registry } from '../../../src/scoring';
import { CLOSED_FORMS, splitRandomGaps } from '../../helpers/gaps';

it.each([...registry.AGGREGATION.keys()])('%s: the parts sum to the gap within 1e-9, on 10,000 random pairs', (id) => {
  const { checked, worst, methods } = splitRandomGaps(id, 10_000);
  expect(checked).toBeGreaterThanOrEqual(10_000);
  expect(worst).toBeLessThan(1e-9);
  expect(methods).toEqual([CLOSED_FORMS.has(id) ? 'CLOSED_FORM' : 'SHAPLEY_EXACT']);
});
