import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Whether server and load can be bound to a core each: two cores, and `taskset` is installed. */
export const pinned = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;

/** What binds a command to a core; nothing where that cannot be done. */
export const onCore = (core: number): readonly string[] => (pinned ? ['taskset', '--cpu-list', String(core)] : []);
