import { z } from 'zod';
import { LEAST_RETENTION_DAYS } from './contract/wire.ts';

/**
 * What the Worker is given: bindings as in `wrangler.toml`, variables and secrets.
 * `Env` is generated from that file (`npm run types`); secrets are added here.
 */
export interface Bindings extends Env {
  /** Postgres, as Neon prints it: `postgresql://user:password@host/database`. */
  DATABASE_URL: string;
  /** At least 32 characters. Signs site keys and dashboard sessions; changing it makes both invalid. */
  FOOTFALL_SECRET: string;
  /** Where Neon's HTTP protocol is answered, when that isn't Neon itself (the local stack). */
  NEON_ENDPOINT?: string;
  /** Days that single visits and events are kept for, once the days are sealed; absent: for good. */
  RAW_RETENTION_DAYS?: string;
}

/** @see Bindings.RAW_RETENTION_DAYS */
export const RetentionDays = z.coerce.number().int().min(LEAST_RETENTION_DAYS).max(36_500).optional();

const Vars = z.object({
  DATABASE_URL: z.string().min(1),
  FOOTFALL_SECRET: z.string().min(32, 'FOOTFALL_SECRET needs at least 32 characters'),
  NEON_ENDPOINT: z.string().optional(),
  FLUSH_MINUTES: z.coerce.number().int().min(1).max(60).default(15),
  RAW_RETENTION_DAYS: RetentionDays,
});

/** Variables and secrets, checked. */
export type Vars = z.infer<typeof Vars>;

const parsed = new WeakMap<object, Vars>();

/** The variables of this isolate, parsed once; throws, naming what is missing, when the deployment lacks one. */
export function vars(env: Bindings): Vars {
  const known = parsed.get(env);
  if (known) return known;
  const fresh = Vars.parse(env);
  parsed.set(env, fresh);
  return fresh;
}
