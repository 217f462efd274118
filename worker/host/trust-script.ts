import { trustOwnScripts } from '#contract/trusted-types.ts';

declare const self: DedicatedWorkerGlobalScope;

/** As the page's src/delivery/trust-script.ts, for workers that this worker starts. */
export const trustScript = import.meta.env.PROD ? trustOwnScripts(self) : (address: string) => address;
