import type { Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { columnsOf, weigh } from '../../helpers/nodes';

describe('LOPCOW', () => {
  it('by hand: two columns, one with a gap', () => {
    // 0, 1: mean square 1/2, sample variance 1/2, so |ln 1| = 0. 0, 1, 1: mean square 2/3, variance 1/3, so ln √2.
    expectColumnsAgree(weigh('LOPCOW', columnsOf([3, 5, NaN], [2, 4, 4])), [0, 1], 'weights');
  });

  it('a constant column and one without values get 0', () => {
    expectColumnsAgree(weigh('LOPCOW', columnsOf([1, 2, 2], [7, 7, 7], [NaN, NaN, NaN])), [1, 0, 0], 'weights');
  });

  it('equal weights, with a warning, where no column varies', () => {
    const warnings: Warnings = [];
    expectColumnsAgree(weigh('LOPCOW', columnsOf([1, 1], [2, 2]), {}, {}, warnings), [0.5, 0.5], 'weights');
    expect(warnings).toMatchObject([{ code: 'EQUAL_DATA_WEIGHTS' }]);
  });
});
