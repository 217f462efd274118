/** Any file of a package or of ours, to be fetched with `fetchRuntime`; made by scripts/vite-delivered.ts. */
declare module '*?delivered' {
  const file: import('./delivered-file.ts').DeliveredFile;
  export default file;
}

/** What models/manifest.json lists; made by scripts/vite-delivered.ts. */
declare module 'virtual:models' {
  export const models: readonly {
    readonly name: string;
    readonly version: number;
    /** Of all files together, 64 hexadecimal digits. */
    readonly digest: string;
    readonly files: readonly (import('./delivered-file.ts').DeliveredFile & {
      /** Base name, such as `weights.bin`. */
      readonly name: string;
    })[];
  }[];
}
