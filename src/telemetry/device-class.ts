import type { DeviceClass } from '#contract/telemetry.ts';

/**
 * Coarse on purpose: three classes tell a slow phone from a laptop, and nobody from anybody. Where a browser does not tell
 * its memory (it tells 8 GB at most), the cores decide.
 *
 * @param memoryGb as `navigator.deviceMemory` has it
 */
export function classifyDevice(cores: number, memoryGb: number | undefined): DeviceClass {
  if (cores <= 2 || (memoryGb ?? Infinity) <= 2) return 'low';
  return cores >= 8 ? 'high' : 'middle';
}
