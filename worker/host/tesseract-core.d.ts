/** The glue of tesseract.js-core's builds with the network only: Emscripten's, one a form of WebAssembly. */
declare module 'tesseract.js-core/tesseract-core-*lstm.js' {
  /** Emscripten's hooks, those that are used. */
  interface TesseractCoreHooks {
    /** Instantiates the wasm with `imports` and hands the instance to `receive`, now or later. */
    instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object;
    /** Hundredths of a page, from within `Recognize`. */
    TesseractProgress(percent: number): void;
    print(line: string): void;
    printErr(line: string): void;
  }
  export default function createCore(
    hooks: TesseractCoreHooks,
  ): Promise<import('#worker/text/tesseract.ts').TesseractModule>;
}
