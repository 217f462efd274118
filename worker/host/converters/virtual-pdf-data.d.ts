/** Addresses of pdf.js' data files, by its name for their kind and their own; see scripts/vite-pdf-data.ts. */
declare module 'virtual:pdf-data' {
  const files: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default files;
}
