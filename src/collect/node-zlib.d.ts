/** What of `nodejs_compat` style sheets need: unpacking that stops at a limit, which the platform's streams don't. */
declare module 'node:zlib' {
  export function gunzipSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
  export function gzipSync(bytes: Uint8Array, options: { level: number }): Uint8Array;
}
