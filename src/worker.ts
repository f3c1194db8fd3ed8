import { sweepAccounts } from './accounts/sweep.ts';
import { app } from './app.ts';
import { unscopedRejudge } from './bots/rejudge.ts';
import { makePartitions } from './collect/flush.ts';
import { hitDoor } from './collect/routes.ts';
import { collectorOf, nameSites } from './collectors.ts';
import { connect } from './db/client.ts';
import { site } from './db/schema.ts';
import { type Bindings, vars } from './env.ts';
import { unscopedExpire } from './replays/retention.ts';
import { unscopedUnused } from './replays/sheets.ts';
import { objectStore } from './replays/store.ts';
import { unscopedForget } from './seals/retention.ts';

export { Collector } from './collect/collector.ts';

/** How long a day's forgetting goes on; what is left is for the next day. */
const FORGET_MS = 10_000;

export default {
  fetch: hitDoor(app.fetch),

  /**
   * Once a day: next months' partitions, so that no flush has to wait for one; what has run out goes; names are told
   * anew; visits are judged anew, where that was begun or can be only now; and what isn't kept any more is forgotten.
   */
  async scheduled(controller, env) {
    const month = 31 * 86_400_000;
    const db = connect(env);
    await makePartitions(db, controller.scheduledTime, controller.scheduledTime + 2 * month);
    await sweepAccounts(db);
    await nameSites(env, await db.select({ id: site.id, domain: site.domain, umami_id: site.umami_id }).from(site));
    await unscopedRejudge(db, controller.scheduledTime);
    await unscopedExpire(db, objectStore(env), controller.scheduledTime, Date.now() + FORGET_MS);
    for (const { site, before } of await unscopedUnused(db, controller.scheduledTime))
      await collectorOf(env, site, 0).sweepSheets(before);
    const { RAW_RETENTION_DAYS: days } = vars(env);
    if (days !== undefined) await unscopedForget(db, days, controller.scheduledTime, Date.now() + FORGET_MS);
  },
} satisfies ExportedHandler<Bindings>;
