import { ApiError } from './api.ts';

/** Gives the complaint that a name is in use to the field of that name: `api(…).catch(conflictAt('domain'))`. */
export function conflictAt(field: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ApiError && error.code === 'conflict') {
      const { status, code, message } = error;
      throw new ApiError({ status, code, detail: message, issues: [{ path: field, message }] });
    }
    throw error;
  };
}
