/** The glue of OpenCV.js, split from its wasm by scripts/vite-opencv.ts. */
declare module 'virtual:opencv-glue' {
  /** Emscripten's hooks, those that are used. */
  interface OpenCvHooks {
    wasmMemory: WebAssembly.Memory;
    /** Instantiates the wasm with `imports` and hands the instance to `receive`, now or later. */
    instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object;
    onRuntimeInitialized(): void;
    onAbort(reason: unknown): void;
  }
  /** Fills `hooks` with OpenCV's classes and functions and returns it. It has a `then`: never return it from an async function. */
  export default function createOpenCv<Hooks extends OpenCvHooks>(hooks: Hooks): Hooks;
}

/** Names the build that page and worker are of; see scripts/build-id.ts. */
declare const __BUILD_ID__: string;
