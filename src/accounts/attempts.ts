import { sql } from 'drizzle-orm';
import { connect, type Db } from '../db/client.ts';
import { type Bindings, vars } from '../env.ts';
import { Problem } from '../problem.ts';

/**
 * The brake on guessing. Each try is counted before it is looked at, so that a burst of tries in parallel is counted, too.
 * From the `free`th on, each has to wait before the next: 4 s, 8 s, 16 s … up to `most` seconds; after an hour without a
 * try the count starts anew. Three counts run side by side, and the longest wait counts:
 *
 * - `pair`: one address against one e-mail: somebody guesses.
 * - `address`: one address against all e-mails: somebody tries names.
 * - `mail`: one e-mail from everywhere: many machines guess. It must not become a way to lock somebody out, so it waits
 *   for a minute at most, and whoever has signed in from this address before isn't held up by it at all.
 */
const BRAKES = {
  pair: { free: 5, most: 900 },
  address: { free: 30, most: 900 },
  mail: { free: 50, most: 60 },
  setup: { free: 40, most: 900 },
} as const;

type Brake = keyof typeof BRAKES;

/** First wait in seconds; it doubles. */
const FIRST_WAIT = 4;

/** The subjects of one try; `known` is where a success from this address is remembered. */
export interface Try {
  counted: { brake: Brake; subject: string }[];
  known: string | null;
}

/** A try to sign in. Addresses and e-mails are kept as keyed hashes only. */
export async function signInTry(env: Bindings, email: string, address: string): Promise<Try> {
  const mail = email.toLowerCase();
  const from = network(address);
  const name = (brake: string, ...parts: string[]) => subject(env, brake, parts);
  const [pair, addressOnly, mailOnly, known] = await Promise.all([
    name('pair', mail, from),
    name('address', from),
    name('mail', mail),
    name('known', mail, from),
  ]);
  return {
    counted: [
      { brake: 'pair', subject: pair },
      { brake: 'address', subject: addressOnly },
      { brake: 'mail', subject: mailOnly },
    ],
    known,
  };
}

/** A try to set the deployment up. */
export async function setupTry(env: Bindings, address: string): Promise<Try> {
  return { counted: [{ brake: 'setup', subject: await subject(env, 'setup', [network(address)]) }], known: null };
}

/**
 * Counts the try, unless it has to wait.
 * @throws Problem `too_many_requests` with the seconds to wait
 */
export async function begin(db: Db, { counted, known }: Try): Promise<void> {
  const rows = sql.join(
    counted.map(({ brake, subject }) => {
      const { free, most } = BRAKES[brake];
      return sql`(${subject}::text, ${free}::int, ${most}::int, ${brake === 'mail'}::boolean)`;
    }),
    sql`, `,
  );
  const count = sql`case when attempt.until <= now() then 1 else attempt.count + 1 end`;
  const answer = await db.execute<{ wait: number; counted: number; asked: number }>(sql`
    with asked as (
      select subject, free, most from (values ${rows}) as given (subject, free, most, waived)
      where not waived or not exists (select from attempt where subject = ${known} and until > now())
    ),
    held as (
      select ceil(extract(epoch from max(attempt.after - now())))::int as wait
      from attempt join asked using (subject)
      where attempt.after > now()
    ),
    counted as (
      insert into attempt (subject, count, until)
      select subject, 1, now() + interval '1 hour' from asked
      where (select wait from held) is null
      order by subject
      on conflict (subject) do update set
        count = ${count},
        until = now() + interval '1 hour',
        after = (
          select case
            when ${count} < asked.free then '-infinity'
            else now() + make_interval(secs => least(asked.most, ${FIRST_WAIT} * 2 ^ least(${count} - asked.free, 16)))
          end
          from asked where asked.subject = excluded.subject
        )
      where attempt.after <= now()
      returning subject
    )
    select
      coalesce((select wait from held), 0)::int as wait,
      (select count(*) from counted)::int as counted,
      (select count(*) from asked)::int as asked`);
  const row = answer.rows[0];
  if (row && row.counted === row.asked) return;
  // Held, or overtaken by tries in parallel that have used up what was free.
  const seconds = Math.max(row?.wait ?? 0, FIRST_WAIT);
  throw new Problem('too_many_requests', `Too many attempts. Try again in ${inWords(seconds)}.`, {
    retryAfter: seconds,
  });
}

/** The try was right: its counts are cleared, and its address is known for a season. */
async function succeeded(db: Db, { counted, known }: Try): Promise<void> {
  const subjects = sql.join(
    counted.map(({ subject }) => sql`${subject}`),
    sql`, `,
  );
  await db.execute(sql`
    with cleared as (delete from attempt where subject in (${subjects}))
    insert into attempt (subject, count, until)
    select ${known}::text, 0, now() + interval '90 days' where ${known}::text is not null
    on conflict (subject) do update set until = excluded.until`);
}

async function subject(env: Bindings, brake: string, parts: string[]): Promise<string> {
  const text = new TextEncoder();
  const secret = text.encode(`footfall attempt ${vars(env).FOOTFALL_SECRET}`);
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode([brake, ...parts].join('\n'))));
  return `${brake}:${hash.subarray(0, 18).toBase64({ alphabet: 'base64url' })}`;
}

/** An IPv6 customer has a whole /64 to choose addresses from: it counts as one. */
export function network(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const start = head.split(':').filter(Boolean);
  const end = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0') : [];
  return [...start, ...zeros, ...end]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** The address that Cloudflare saw; a client can't choose it. */
export function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? '';
}

/** Counts a try, lets `act` look at it, and clears the counts if it was right. */
export async function braked<Result>(env: Bindings, trying: Try, act: () => Promise<Result>): Promise<Result> {
  const db = connect(env);
  await begin(db, trying);
  const result = await act();
  await succeeded(db, trying);
  return result;
}
