/**
 * One thread of tfjs' WebAssembly backend: what the text `wasmWorkerContents` of @tensorflow/tfjs-backend-wasm 4.22
 * (wasm-out/tfjs-backend-wasm-threaded-simd.worker.js, from Emscripten) does in a browser, as a script of its own.
 */
import createModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';

declare const self: DedicatedWorkerGlobalScope & { startWorker?: (module: PthreadModule) => void };

/** The parts of Emscripten's module that a thread calls. */
interface PthreadModule {
  __emscripten_thread_init(pointer: number, isMain: number, isRuntime: number, canBlock: number): void;
  establishStackSpace(): void;
  readonly PThread: { receiveObjectTransfer(message: unknown): void; threadInitTLS(): void };
  executeNotifiedProxyingQueue(queue: number): void;
  invokeEntryPoint(routine: number, argument: number): void;
  readonly ExitStatus: new () => { readonly status: number };
  keepRuntimeAlive(): boolean;
  __emscripten_thread_exit(status: number): void;
  __emscripten_thread_crashed?: () => void;
  _pthread_self(): number;
}

type Message =
  | {
      readonly cmd: 'load';
      readonly wasmModule: WebAssembly.Module;
      readonly wasmMemory: WebAssembly.Memory;
      readonly handlers: readonly string[];
    }
  | { readonly cmd: 'run'; readonly pthread_ptr: number; readonly start_routine: number; readonly arg: number }
  | { readonly cmd: 'cancel' }
  | { readonly cmd: 'processProxyingQueue'; readonly queue: number };

let running: PthreadModule | undefined;
let isInitialised = false;
let pendingQueues: number[] = [];

self.startWorker = (module) => {
  running = module;
  self.postMessage({ cmd: 'loaded' });
};

// Emscripten's own messages, posted by the module that made this worker.
self.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  try {
    receive(data);
  } catch (cause) {
    running?.__emscripten_thread_crashed?.();
    throw cause;
  }
});

function receive(message: Message): void {
  switch (message.cmd) {
    case 'load':
      load(message);
      return;
    case 'run':
      if (running) runRoutine(running, message);
      return;
    case 'cancel':
      if (running?._pthread_self()) running.__emscripten_thread_exit(-1);
      return;
    case 'processProxyingQueue':
      if (running && isInitialised) running.executeNotifiedProxyingQueue(message.queue);
      else pendingQueues.push(message.queue);
      return;
    default:
  }
}

function load({ wasmModule, wasmMemory, handlers }: Extract<Message, { cmd: 'load' }>): void {
  const hooks: Record<string, unknown> = {
    wasmMemory,
    buffer: wasmMemory.buffer,
    ENVIRONMENT_IS_PTHREAD: true,
    instantiateWasm(imports: WebAssembly.Imports, receiveInstance: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(wasmModule, imports);
      receiveInstance(instance);
      return instance.exports;
    },
  };
  for (const handler of handlers) {
    hooks[handler] = (...args: unknown[]) => self.postMessage({ cmd: 'callHandler', handler, args });
  }
  void createModule(hooks);
}

function runRoutine(module: PthreadModule, message: Extract<Message, { cmd: 'run' }>): void {
  module.__emscripten_thread_init(message.pthread_ptr, 0, 0, 1);
  module.establishStackSpace();
  module.PThread.receiveObjectTransfer(message);
  module.PThread.threadInitTLS();
  if (!isInitialised) {
    for (const queue of pendingQueues) module.executeNotifiedProxyingQueue(queue);
    pendingQueues = [];
    isInitialised = true;
  }
  try {
    module.invokeEntryPoint(message.start_routine, message.arg);
  } catch (cause) {
    // How Emscripten leaves a routine that goes on in the background.
    if (cause === 'unwind') return;
    if (!(cause instanceof module.ExitStatus)) throw cause;
    if (!module.keepRuntimeAlive()) module.__emscripten_thread_exit(cause.status);
  }
}
