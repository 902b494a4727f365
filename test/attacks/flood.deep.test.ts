import { underAttack } from './attack';
import { flood } from './flood';
import { Client, startProcess } from './target';

const CACHE_MIB = 8;
/** V8 lets garbage grow to some times what is live before it collects all, which takes about half as many rankings. */
const WARM_UP = 20_000;

const attack = underAttack(async () => {
  const target = await startProcess({
    ANSWER_CACHE_MIB: String(CACHE_MIB),
    RESULT_CACHE_MIB: String(CACHE_MIB),
    RATE_LIMIT_POINTS: '0',
    KEEP_ALIVE_SECONDS: '600',
  });
  await flood(new Client(target), { rankings: WARM_UP, cacheMiB: CACHE_MIB, from: 4 });
  return target;
});

attack(
  44,
  'cache flooding: a hundred thousand weight vectors',
  (client) => flood(client, { rankings: 100_000, cacheMiB: CACHE_MIB }),
  { cpuMs: 400_000, clockMs: 900_000 },
  1_000_000,
);
