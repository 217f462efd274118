/* tfjs' backends with the kernels that the networks need; made by scripts/vite-tfjs.ts. Importing one registers it. */
declare module 'virtual:tfjs-wasm' {
  export { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
}
declare module 'virtual:tfjs-webgl';
declare module 'virtual:tfjs-webgpu';
