import type { StatusJson } from '../../contract/api.ts';
import { capital } from '../format.ts';
import { status as words } from '../words/status.tsx';

type Fate = StatusJson['counts'][number]['fate'];

interface Reason {
  title: string;
  /** What happened, and what to do when that is a surprise. */
  text: string;
}

/** A reason in words; one that is newer than this page by its name. */
export function explained(reason: string): Reason {
  const known: Record<string, Reason> = words.reasons;
  return known[reason] ?? { title: capital(reason.replaceAll('_', ' ')), text: '' };
}

export const FATES: Fate[] = ['accepted', 'ignored', 'refused'];
