import { replyTo } from './worker-tasks';

/** The entry of a worker thread: what piscina calls with each task. */
export default replyTo;
