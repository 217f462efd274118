import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Loads GitHub's parser of workflows without its source maps, which name files that the package does not have. */
export function workflowParser(): Plugin {
  return {
    name: 'papel:workflow-parser',
    enforce: 'pre',
    load(id) {
      if (!/@actions\/(?:workflow-parser|expressions)\/dist\/.*\.js$/.test(id)) return null;
      return { code: readFileSync(id, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, ''), map: null };
    },
  };
}
