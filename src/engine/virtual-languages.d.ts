/** Languages of printed text that come with the app; made by scripts/vite-languages.ts. */
declare module 'virtual:languages' {
  export const languageFiles: Readonly<Record<'eng' | 'fil', import('#src/delivery/delivered-file.ts').DeliveredFile>>;
}
