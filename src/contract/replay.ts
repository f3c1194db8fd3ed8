/** What the player and the API know in common of recordings. Pure. */

/** Chunks that one answer holds at most: each that lies alone is a subrequest of the Worker, which the free plan allows 50 of. */
export const RUN_CHUNKS = 20;

/** What a list of recordings may begin with. */
export const REPLAY_ORDERS = ['newest', 'friction', 'longest', 'clicks'] as const;
export type ReplayOrder = (typeof REPLAY_ORDERS)[number];

/** Friction that the recorder finds: what a recording, or a visit (`visit:signal`), may be asked to have. */
export const FRICTION = [
  'errors',
  'rage_clicks',
  'dead_clicks',
  'quick_backs',
  'abandoned_forms',
  'slow_interactions',
] as const;
export type Friction = (typeof FRICTION)[number];

/** Parts that a recording's strip is divided into, and what each of their bits says. */
export const STRIP = 48;
export const STRIP_BIT = {
  clicks: 1,
  page: 2,
  dead_clicks: 4,
  errors: 8,
  rage_clicks: 16,
  quick_backs: 32,
  abandoned_forms: 64,
  slow_interactions: 128,
} as const satisfies Record<Friction | 'clicks' | 'page', number>;

/** Depths of a page, in percent, of which a heat map says how many visits saw them. */
export const DEPTHS = Array.from({ length: 21 }, (_, i) => i * 5);

/** Classes of devices that a heat map is offered by, as visits name them. */
export const DEVICES = ['Desktop', 'Mobile', 'Tablet'] as const;

/** Notes of one recording, at most. */
export const NOTES = 200;

/**
 * How a recording was watched: in the dashboard, read by a program with an API key, by a link that was given away; or one
 * moment of it, as the ground of a heat map.
 */
export const WATCHED_HOW = ['dashboard', 'key', 'link', 'heatmap'] as const;
export type WatchedHow = (typeof WATCHED_HOW)[number];
