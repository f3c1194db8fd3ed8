import { type EdgeSite, siteOfId } from '../collect/edge.ts';
import { directory } from '../collectors.ts';
import type { Bindings } from '../env.ts';
import { Problem } from '../problem.ts';

/**
 * How long an isolate believes the list of all names. It is fetched whole: a made-up name costs nothing more than a real
 * one, and however many are made up, the list's keeper is asked once in so long.
 */
const BELIEVED_MS = 5_000;

let kept: { until: number; names: ReadonlyMap<string, number> } | undefined;

/** The site that another product's client calls so, by its domain (with or without `www.`) or by its UUID; null for none. */
export async function siteNamed(env: Bindings, name: string, now: number): Promise<EdgeSite | null> {
  const names = await allNames(env, now);
  const id = names.get(name) ?? names.get(name.replace(/^www\./, '')) ?? names.get(`www.${name}`);
  if (id === undefined) return null;
  try {
    return await siteOfId(env, id, now);
  } catch (error) {
    if (error instanceof Problem && error.code === 'site_deleted') return null;
    throw error;
  }
}

async function allNames(env: Bindings, now: number): Promise<ReadonlyMap<string, number>> {
  if (kept && kept.until > now) return kept.names;
  const names = await directory(env).names();
  kept = { until: now + BELIEVED_MS, names };
  return names;
}
