import fc from 'fast-check';

// Generated cases are the same in every run, so that a change is never failed by a case that it has nothing to do with.
// A test that names a seed of its own keeps it.
fc.configureGlobal({ seed: 20191217 });
