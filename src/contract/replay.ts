/** What the player and the API know in common of recordings. Pure. */

/** Chunks that one answer holds at most: each is a subrequest of the Worker, which the free plan allows 50 of. */
export const RUN_CHUNKS = 20;
