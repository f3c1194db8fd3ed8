/** What the player and the API know in common of recordings. Pure. */

/** Chunks that one answer holds at most: each that lies alone is a subrequest of the Worker, which the free plan allows 50 of. */
export const RUN_CHUNKS = 20;

/** What a list of recordings may begin with. */
export const REPLAY_ORDERS = ['newest', 'friction', 'longest', 'clicks'] as const;
export type ReplayOrder = (typeof REPLAY_ORDERS)[number];

/** Friction that a recording may be asked to have. */
export const FRICTION = ['errors', 'rage_clicks', 'dead_clicks'] as const;
export type Friction = (typeof FRICTION)[number];

/** Parts that a recording's strip is divided into, and what each of their bits says. */
export const STRIP = 48;
export const STRIP_BIT = { click: 1, page: 2, dead_click: 4, error: 8, rage_click: 16 } as const;

/** Notes of one recording, at most. */
export const NOTES = 200;

/** How a recording was watched: in the dashboard, read by a program with an API key, or by a link that was given away. */
export const WATCHED_HOW = ['dashboard', 'key', 'link'] as const;
export type WatchedHow = (typeof WATCHED_HOW)[number];
