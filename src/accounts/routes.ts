import { Hono } from 'hono';
import type { Context } from '../app.ts';
import { exclusions } from './exclusions.ts';
import { keys } from './keys.ts';
import { session } from './session.ts';
import { setup } from './setup.ts';
import { sites } from './sites.ts';

/** Owners, their keys and their sites. */
export const accounts = new Hono<Context>();

accounts.route('/', setup);
accounts.route('/', session);
accounts.route('/', keys);
accounts.route('/', sites);
accounts.route('/', exclusions);
