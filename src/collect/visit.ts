import { LIMITS, VISIT_IDLE_MS } from '../contract/wire.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import type { Facts } from './enrich.ts';

/** A visit as its collector keeps it: everything the `session` row is written from, and what later hits need. */
export interface Visit {
  /** Row id, see `schema.session.id`. */
  id: number;
  /** How the next hit finds it: the browser's visit id, or the visitor where the browser has none. */
  key: string;
  visitor: number;
  /** Milliseconds since 1970, server clock. */
  start: number;
  last: number;
  views: number;
  events: number;
  /** Of those, the ones that no person did. */
  quiet?: number;
  /** First and last page, each with the time that made it so. */
  entry: [page: string, time: number] | null;
  exit: [page: string, time: number] | null;
  /** Of the earliest page view or event. */
  facts: Facts;
  factsTime: number;
  bot: boolean;
  /** `BOT_RULES` that any of its events fired, as bits. Absent in what was stored before there were any. */
  rules?: number;
  replay: boolean;
  /** What the recorder found in it: bits of `SESSION_FLAG`. */
  signals: number;
  /** Page views that may still be engaged with: number, time, milliseconds engaged, percent scrolled. */
  pages: [seq: number, time: number, engaged: number, scroll: number][];
  /** Whether any page was engaged with; versions before this one have stored for how long. */
  engaged: boolean | number;
  /** Numbers taken, so that a repeat is known. */
  seen: number[];
}

/** What the log holds of a page view or event: a row of `event` in the making. */
export interface EventEntry {
  type: 'event';
  visit: number;
  key: string;
  seq: number;
  time: number;
  visitor: number;
  view: boolean;
  name: string;
  page: string;
  title?: string;
  hostname: string;
  bot: boolean;
  /** `BOT_RULES` that fired, as bits; absent: none. */
  rules?: number;
  /** No person did it. */
  quiet?: true;
  /** Only what the visit doesn't have already. */
  facts?: Facts;
  props?: Record<string, string | number | boolean>;
  amount?: string;
  currency?: string;
  /** Who did it is another than was written of its visit before. */
  renames?: true;
  /** Row of `quarantine` that it comes back from. */
  released?: number;
}

/** Engaged time and scroll depth of a page view, in total so far. */
export interface EngagementEntry {
  type: 'engagement';
  visit: number;
  /** The page view's time: what tells it from others of its visit. */
  viewed: number;
  /** Who the site says the visitor is, and that this is another than was written of the visit before. */
  visitor?: number;
  renames?: true;
  time: number;
  engaged: number;
  scroll: number;
  released?: number;
}

/** What was found, also as versions before this one have left it in a log and a checkpoint. */
export function foundIn({ signals = 0, ...old }: { signals?: number; error?: boolean; rage?: boolean }): number {
  return signals | (old.error ? SESSION_FLAG.errors : 0) | (old.rage ? SESSION_FLAG.rage_clicks : 0);
}

/** A report as versions before this one have left it in a log: it names its page view by number. */
type OldEngagement = Omit<EngagementEntry, 'viewed'> & { of: number };

/** A recording was seen of this visit; opens the visit when its chunk came before its page view. */
export interface RecordedEntry {
  type: 'recorded';
  visit: number;
  key: string;
  visitor: number;
  time: number;
  /** Bits of `SESSION_FLAG`. */
  signals: number;
}

export type Entry = EventEntry | EngagementEntry | RecordedEntry;

/** Page views of one visit that engagement is still taken for; a visit with more tabs than that is a program. */
const PAGES_MAX = 50;

/** A visit of which nothing is known but that it is. */
export function openVisit(id: number, key: string, visitor: number, time: number): Visit {
  const none = { views: 0, events: 0, engaged: false, entry: null, exit: null, facts: {}, factsTime: Infinity };
  const flags = { bot: false, replay: false, signals: 0 };
  return { id, key, visitor, start: time, last: time, ...none, ...flags, pages: [], seen: [] };
}

/**
 * Whether what comes at some time is of this visit. A browser's visit id names one visit for as long as it is remembered; a
 * visitor without one is in the same visit until half an hour has passed. A visit that has all that one may have takes in no more.
 */
export function takesIn({ key, start, last, events }: Visit, time: number): boolean {
  const length = Math.max(last, time) - Math.min(start, time);
  if (events >= LIMITS.visitEvents || length > LIMITS.visitMs) return false;
  return !isVisitorKey(key) || (time <= last + VISIT_IDLE_MS && time >= start - VISIT_IDLE_MS);
}

/** How a visit is found: by the browser's id of it, else by its visitor. */
export function visitKey(client: number, visitor: number): string {
  return client > 0 ? `s${client}` : `v${visitor}`;
}

function isVisitorKey(key: string): boolean {
  return key.startsWith('v');
}

/**
 * The moment of a visit's next event: its own, or as many microseconds later as it takes to come after what the visit
 * has in that millisecond. So a page view is known by its time, and things are told in the order in which they came.
 */
export function momentIn(visit: Visit | null, at: number): number {
  const time = Math.floor(at);
  if (!visit || visit.events === 0) return time;
  let after = visit.last >= time && visit.last < time + 1 ? Math.round((visit.last - time) * 1000) + 1 : 0;
  while (visit.pages.some(([, taken]) => taken === time + after / 1000)) after += 1;
  return time + after / 1000;
}

/**
 * Takes one entry into its visit. Deterministic, and blind to the order in which entries arrive but for the pages that
 * engagement is still taken for: the log replayed after a restart gives the same visit.
 */
export function take(visit: Visit, entry: Entry): void {
  if (entry.type === 'engagement') {
    engage(visit, entry);
    return;
  }
  if (entry.type === 'recorded') {
    visit.replay = true;
    visit.signals = foundIn(visit) | foundIn(entry);
    return;
  }
  if (visit.seen.includes(entry.seq)) return; // one that came back out of quarantine is counted already
  const first = visit.events === 0;
  visit.start = first ? entry.time : Math.min(visit.start, entry.time);
  visit.last = first ? entry.time : Math.max(visit.last, entry.time);
  visit.events += 1;
  visit.visitor = entry.visitor;
  if (entry.quiet) visit.quiet = (visit.quiet ?? 0) + 1;
  visit.bot ||= entry.bot;
  visit.rules = (visit.rules ?? 0) | (entry.rules ?? 0);
  visit.seen.push(entry.seq);
  if (entry.facts && entry.time < visit.factsTime) {
    visit.facts = entry.facts;
    visit.factsTime = entry.time;
  }
  if (!entry.view) return;
  visit.views += 1;
  if (!visit.entry || entry.time < visit.entry[1]) visit.entry = [entry.page, entry.time];
  if (!visit.exit || entry.time >= visit.exit[1]) visit.exit = [entry.page, entry.time];
  visit.pages.push([entry.seq, entry.time, 0, 0]);
  if (visit.pages.length > PAGES_MAX) visit.pages.shift();
}

function engage(visit: Visit, entry: EngagementEntry): void {
  const page = pageOf(visit, entry);
  if (!page) return;
  visit.visitor = entry.visitor ?? visit.visitor;
  visit.engaged ||= entry.engaged > 0;
  page[2] = Math.max(page[2], entry.engaged);
  page[3] = Math.max(page[3], entry.scroll);
  visit.last = Math.max(visit.last, entry.time);
}

function pageOf(visit: Visit, entry: EngagementEntry | OldEngagement): Visit['pages'][number] | undefined {
  return visit.pages.find(([seq, time]) => ('viewed' in entry ? time === entry.viewed : seq === entry.of));
}

/** An entry as this version has it; null for an old report whose page view its visit has forgotten. */
export function current(entry: Entry, visit: Visit | undefined): Entry | null {
  if (entry.type !== 'engagement' || 'viewed' in entry) return entry;
  const page = visit && pageOf(visit, entry);
  return page ? { ...(entry as EngagementEntry), viewed: page[1] } : null;
}
