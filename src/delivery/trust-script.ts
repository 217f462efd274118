import { trustOwnScripts } from '#contract/trusted-types.ts';

/**
 * Has to be asked for the address of every worker: contract/trusted-types.ts. Vite's development server has scripts
 * under other names, and sends no such header.
 */
export const trustScript = import.meta.env.PROD ? trustOwnScripts(globalThis) : (address: string) => address;
