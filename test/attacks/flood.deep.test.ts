import { underAttack } from './attack';
import { flood } from './flood';
import { startProcess } from './target';

const CACHE_MIB = 8;
const attack = underAttack(() =>
  startProcess({
    ANSWER_CACHE_MIB: String(CACHE_MIB),
    RESULT_CACHE_MIB: String(CACHE_MIB),
    RATE_LIMIT_POINTS: '0',
    KEEP_ALIVE_SECONDS: '600',
  }),
);

attack(
  44,
  'cache flooding: a hundred thousand weight vectors',
  (client) => flood(client, { rankings: 100_000, cacheMiB: CACHE_MIB }),
  { cpuMs: 1_200_000, clockMs: 2_400_000 },
  2_500_000,
);
