/** Of the bench's own servers. */
export const benchToken = 'of-the-bench-alone-2f61';
