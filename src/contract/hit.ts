import { z } from 'zod';
import { type Parts, partsOf } from './url.ts';
import { type Envelope, type Hit, LIMITS, perSignal, SHEET_HASH, TOUCHES } from './wire.ts';

/** The shapes of `wire.ts`, checked. Unknown fields are dropped; a wrong type names its path. */

const id = z.number().int().min(1).max(LIMITS.id);
const count = z.number().int().min(0).max(2_147_483_647);
/** Milliseconds by a client's clock, which may be broken in any way: taken as it is, bounded by whoever uses it. */
const clock = z.number();

const isPage = (parts: Parts | null): boolean => !!parts?.hostname && /^https?:$/.test(parts.protocol);

const url = z
  .string()
  .min(1)
  .transform((text, context) => {
    const kept = text.slice(0, LIMITS.urlChars);
    const parsed = partsOf(text) && partsOf(kept);
    if (isPage(parsed)) return kept;
    context.addIssue({ code: 'custom', message: 'an absolute http or https address' });
    return z.NEVER;
  });

const decimal = z.union([z.string(), z.number()]).transform((amount, context) => {
  const text = String(amount).trim();
  // Kept as numeric(18, 4): one digit less than it holds, since 99999999999999.99999 is rounded up.
  if (/^-?\d{1,13}(\.\d{1,20})?$/.test(text)) return text;
  context.addIssue({ code: 'custom', message: 'a decimal amount, such as "9.90"' });
  return z.NEVER;
});

/** Money, see `Hit.revenue`. */
export const Revenue = z.object({
  amount: decimal,
  currency: z.string().regex(/^[A-Za-z]{3}$/, 'an ISO 4217 code, such as EUR'),
});

export const HitSchema = z.object({
  name: z
    .string()
    // No text of Postgres holds it; and what is left must be what the name is known by.
    .overwrite((name) => name.replaceAll('\0', ''))
    .trim()
    .min(1)
    .max(LIMITS.nameChars),
  url,
  visitor: id.exactOptional(),
  session: id.exactOptional(),
  seq: z.number().int().min(0).max(LIMITS.id).exactOptional(),
  title: z.string().exactOptional(),
  referrer: z.string().exactOptional(),
  props: z
    .record(z.string().min(1).max(LIMITS.propKeyChars), z.union([z.string(), z.number(), z.boolean()]))
    .refine((props) => Object.keys(props).length <= LIMITS.props, `at most ${LIMITS.props} properties`)
    .exactOptional(),
  revenue: Revenue.exactOptional(),
  width: z.number().exactOptional(),
  language: z.string().exactOptional(),
  age: clock.exactOptional(),
  of: z.number().int().min(0).max(LIMITS.id).exactOptional(),
  engaged: clock.exactOptional(),
  scroll: clock.exactOptional(),
  user: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().min(1).max(LIMITS.userChars))
    .exactOptional(),
  interactive: z.boolean().exactOptional(),
  webdriver: z.boolean().exactOptional(),
  ignore: z.boolean().exactOptional(),
}) satisfies z.ZodType<Hit, unknown>;

export type CheckedHit = z.infer<typeof HitSchema>;

/** One hit or an array of them. */
export const Hits = z
  .preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(HitSchema).min(1))
  .describe('a hit or an array of hits');

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => typeof value === 'string';
const isFlag: Fits = (value) => typeof value === 'boolean';
const isNumber: Fits = (value) => Number.isFinite(value);
const isWhole =
  (least: number): Fits =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least;
const isTextOf =
  (most: number): Fits =>
  (value) =>
    typeof value === 'string' && value !== '' && value.length <= most;

/** What each field is in most hits: a part of what the schema takes, and only what it leaves as it is. */
const ORDINARY: Record<keyof CheckedHit, Fits> = {
  name: (value) => isTextOf(LIMITS.nameChars)(value) && value === (value as string).replaceAll('\0', '').trim(),
  url: (value) => isTextOf(LIMITS.urlChars)(value) && isPage(partsOf(value as string)),
  visitor: isWhole(1),
  session: isWhole(1),
  seq: isWhole(0),
  title: isText,
  referrer: isText,
  props: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    const fits = isTextOf(LIMITS.propKeyChars);
    return (
      entries.length <= LIMITS.props &&
      entries.every(([key, one]) => key !== '__proto__' && fits(key) && (isText(one) || isNumber(one) || isFlag(one)))
    );
  },
  revenue: () => false,
  width: isNumber,
  language: isText,
  age: isNumber,
  of: isWhole(0),
  engaged: isNumber,
  scroll: isNumber,
  user: isTextOf(LIMITS.userChars),
  interactive: isFlag,
  webdriver: isFlag,
  ignore: isFlag,
};
const ordinaryFields = new Map(Object.entries(ORDINARY));

/**
 * Takes an ordinary hit, in a tenth of the time that the schema takes (which may not compile itself in a Worker). Null for
 * whatever is odd in any way: that is for the schema to judge. A test holds that both make the same of what this takes.
 */
export function ordinary(body: unknown): CheckedHit | null {
  if (typeof body !== 'object' || body === null) return null;
  const hit: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(body)) {
    const fits = ordinaryFields.get(field);
    if (!fits) continue;
    if (!fits(value)) return null;
    hit[field] = value;
  }
  return 'name' in hit && 'url' in hit ? (hit as CheckedHit) : null;
}

/** One hit or an array of them, as `POST /e/:key` takes it. @throws ZodError */
export function parseHits(body: unknown): CheckedHit[] {
  const hits = (Array.isArray(body) ? body : [body]).map(ordinary);
  return hits.length > 0 && hits.every((hit) => hit !== null) ? hits : Hits.parse(body);
}

/** Hashes of style sheets, as `SheetName` has them. */
export const SheetHashes = z.array(z.string().regex(SHEET_HASH, 'a SHA-256 in hex')).max(LIMITS.sheetsAsked);

const pixels = z.int().min(0).max(32_767);
/** No text of Postgres holds NUL, nor half a surrogate pair. */
const element = z
  .string()
  .min(1)
  .max(LIMITS.elementChars)
  .overwrite((way) => way.replaceAll('\0', '').toWellFormed());
const share = z.int('thousandths').min(0).max(1_000);

export const EnvelopeSchema = z.object({
  visitor: id.exactOptional(),
  session: id.exactOptional(),
  stream: count,
  n: count,
  from: clock,
  to: clock,
  sent: clock,
  events: count,
  keyframe: z.boolean(),
  url,
  signals: z.object(perSignal(count.exactOptional())).exactOptional(),
  view: z.tuple([pixels, pixels]).exactOptional(),
  touches: z
    .array(
      z.tuple([
        z
          .int()
          .min(0)
          .max(TOUCHES.length - 1),
        element,
        share,
        share,
      ]),
    )
    .max(LIMITS.touches)
    .exactOptional(),
}) satisfies z.ZodType<Envelope, unknown>;
