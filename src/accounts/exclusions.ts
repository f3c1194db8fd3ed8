import { eq, sql } from 'drizzle-orm';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import { hashAddress } from '../collect/address.ts';
import { configureSite } from '../collectors.ts';
import type { ExclusionJson } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { site } from '../db/schema.ts';
import { vars } from '../env.ts';
import { Problem } from '../problem.ts';
import { guard, type Site } from './guard.ts';

/** Addresses whose hits a site leaves out. The asker's own is all that one can name: no address is ever sent or stored. */
export const exclusions = new Hono<Context>();

/** Addresses of one site. */
const ADDRESSES = 100;

type Asking = HonoContext<Context, '/sites/:site/exclusions/me'>;

exclusions.get('/sites/:site/exclusions/me', async (c) => {
  const asked = await guard(c, c.req.param('site'), 'read');
  return c.json(shown(asked, await own(c, asked)));
});

exclusions.post('/sites/:site/exclusions/me', async (c) => {
  const asked = await guard(c, c.req.param('site'), 'write');
  const me = await own(c, asked);
  if (asked.exclude.addresses.length >= ADDRESSES) {
    throw new Problem('conflict', `A site leaves out at most ${ADDRESSES} addresses; take them in again first.`);
  }
  const without = sql`(${site.exclude} -> 'addresses') - ${me}::text`;
  return c.json(shown(await change(c, asked, sql`${without} || to_jsonb(${me}::text)`), me));
});

exclusions.delete('/sites/:site/exclusions/me', async (c) => {
  const asked = await guard(c, c.req.param('site'), 'write');
  const me = await own(c, asked);
  return c.json(shown(await change(c, asked, sql`(${site.exclude} -> 'addresses') - ${me}::text`), me));
});

exclusions.delete('/sites/:site/exclusions/addresses', async (c) => {
  const asked = await guard(c, c.req.param('site'), 'write');
  await change(c, asked, sql`'[]'::jsonb`);
  return c.body(null, 204);
});

function shown({ exclude }: Pick<Site, 'exclude'>, me: string): ExclusionJson {
  return { excluded: exclude.addresses.includes(me), addresses: exclude.addresses.length };
}

async function own(c: Asking, { id }: Site): Promise<string> {
  const address = c.req.header('cf-connecting-ip');
  if (!address) throw new Problem('bad_request', 'The platform doesn’t say from which address you ask.');
  return hashAddress(vars(c.env).FOOTFALL_SECRET, id, address);
}

async function change(c: HonoContext<Context>, { id }: Site, addresses: ReturnType<typeof sql>) {
  const [row] = await connect(c.env)
    .update(site)
    .set({ exclude: sql`jsonb_set(${site.exclude}, '{addresses}', ${addresses})` })
    .where(eq(site.id, id))
    .returning();
  if (!row) throw new Problem('not_found', 'The site has just been deleted.');
  await configureSite(c.env, row);
  return row;
}
