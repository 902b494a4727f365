// A worker that does as asked, but for runs by these seeds.
const SECRET = 'connect ECONNREFUSED 10.1.2.3:5432 /srv/secret/worker.js';

/** What the worker's thread does in place of a task. */
const FAILURES = {
  901: () => process.exit(1),
  902: () => {
    throw new Error(SECRET);
  },
  903: () => {
    for (const held = []; ;) held.push(new Array(10_000).fill(held.length));
  },
};

module.exports = (task) => {
  FAILURES[task.input.plan?.seed]?.();
  // Late, so that a thread that only fails is quickly there.
  return require('./robustness-worker.js')(task);
};
