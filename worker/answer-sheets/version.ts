/** Raised whenever the room reads otherwise than before: a stored reading of an older version can be redone. */
export const version = 1;
