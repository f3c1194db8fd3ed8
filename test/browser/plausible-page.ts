import { init, type PlausibleConfig, type track } from '@plausible-analytics/tracker';

// What an application that measures with Plausible has in it; see compat.test.ts.

declare global {
  interface Window {
    CONFIG: PlausibleConfig;
    plausible: typeof track;
  }
}

init(window.CONFIG);
