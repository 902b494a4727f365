import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 make every object young, also where earlier ones from the same place grew old. Answers are made of thousands of
 * objects that die with the request; V8 takes the first of them for lasting ones, whereafter all are old, only a whole
 * collection frees them, and the collections of young objects take twice as long (measured: `docs/performance.md`).
 * To be called before anything else runs.
 */
export function keepObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
