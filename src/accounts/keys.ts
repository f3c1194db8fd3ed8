import { and, desc, eq, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Context } from '../app.ts';
import { type ApiKey, ApiKeyInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { api_key } from '../db/schema.ts';
import { input } from '../input.ts';
import { Problem } from '../problem.ts';
import { type Asker, asker } from './guard.ts';
import { keyHash } from './key-use.ts';

/** Keys of the API, to be made and revoked by whoever is signed in: a key that leaked can't make others of its kind. */
export const keys = new Hono<Context>();

keys.get('/keys', async (c) => {
  const { user } = await asker(c, 'read');
  const rows = await connect(c.env)
    .select()
    .from(api_key)
    .where(eq(api_key.user_id, user))
    .orderBy(desc(api_key.created), desc(api_key.id));
  return c.json({ keys: rows.map(shown) });
});

keys.post('/keys', async (c) => {
  const who = await asker(c, 'write');
  refuseKeys(who);
  const { name, scope } = await input(c.req.raw, ApiKeyInput);
  const key = `ff_${base64url(crypto.getRandomValues(new Uint8Array(32)))}`;
  const [row] = await connect(c.env)
    .insert(api_key)
    .values({ user_id: who.user, name, scope, prefix: key.slice(0, 9), hash: await keyHash(key) })
    .returning();
  if (!row) throw new Error('A key was not inserted.');
  return c.json({ ...shown(row), key } satisfies ApiKey, 201);
});

keys.delete('/keys/:id', async (c) => {
  const who = await asker(c, 'write');
  refuseKeys(who);
  const id = c.req.param('id');
  if (!/^\d{1,9}$/.test(id)) throw missing();
  const [row] = await connect(c.env)
    .update(api_key)
    .set({ revoked: sql`coalesce(${api_key.revoked}, now())` })
    .where(and(eq(api_key.id, Number(id)), eq(api_key.user_id, who.user)))
    .returning({ id: api_key.id });
  if (!row) throw missing();
  return c.body(null, 204);
});

function missing(): Problem {
  return new Problem('not_found', 'There is no such key, or it is not yours.');
}

function refuseKeys(who: Asker): void {
  if (who.by === 'key') throw new Problem('forbidden', 'Keys are made and revoked in the dashboard, signed in.');
}

function shown({ id, name, prefix, scope, created, last_used, revoked }: typeof api_key.$inferSelect): ApiKey {
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return { id, name, prefix, scope, created: created.toISOString(), last_used: iso(last_used), revoked: iso(revoked) };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
