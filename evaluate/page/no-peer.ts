/** Stands in for the peers where they are not installed; nobody calls it. */
export default undefined;
export const initialize = async (): Promise<void> => {};
export const scanDocument = async (): Promise<never> => {
  throw new Error('The peers are not installed');
};
