import { createHandlers } from './handlers.ts';
import { holdLifeLock } from './hold-life-lock.ts';
import { Runtime } from './runtime.ts';
import { serveJobs } from './serve-jobs.ts';

declare const self: DedicatedWorkerGlobalScope;

const runtime = new Runtime((message, transfer) => self.postMessage(message, transfer));

await holdLifeLock(self.name);
serveJobs(self, createHandlers(runtime), runtime, __BUILD_ID__);
