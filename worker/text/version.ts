/** Of this room's readings: what an older one read can be read again. Counts up with every change that reads otherwise. */
export const version = 2;
