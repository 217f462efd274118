/**
 * Version of what this room makes of a photo. Raise it when a page found, flattened or cleaned anew would come out
 * visibly different: stored results of an older version can then be redone from their photos.
 */
export const version = 2;
