// A worker's entry that cannot be loaded.
throw new Error('This worker does not start.');
