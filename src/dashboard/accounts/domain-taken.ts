import { ApiError } from '../api.ts';

/** Gives the complaint that a domain is in use to the field of that name; for `catch`. */
export function domainTaken(error: unknown): never {
  if (error instanceof ApiError && error.code === 'conflict') {
    const { status, code, message } = error;
    throw new ApiError({ status, code, detail: message, issues: [{ path: 'domain', message }] });
  }
  throw error;
}
