import { sweepAccounts } from './accounts/sweep.ts';
import { app } from './app.ts';
import { unscopedRejudge } from './bots/rejudge.ts';
import { makePartitions } from './collect/flush.ts';
import { nameSites } from './collectors.ts';
import { connect } from './db/client.ts';
import { site } from './db/schema.ts';
import type { Bindings } from './env.ts';

export { Collector } from './collect/collector.ts';

export default {
  fetch: app.fetch,

  /**
   * Once a day: next months' partitions, so that no flush has to wait for one; what has run out goes; names are told
   * anew; and visits are judged anew, where that was begun or can be only now.
   */
  async scheduled(controller, env) {
    const month = 31 * 86_400_000;
    const db = connect(env);
    await makePartitions(db, controller.scheduledTime, controller.scheduledTime + 2 * month);
    await sweepAccounts(db);
    await nameSites(env, await db.select({ id: site.id, domain: site.domain, umami_id: site.umami_id }).from(site));
    await unscopedRejudge(db, controller.scheduledTime);
  },
} satisfies ExportedHandler<Bindings>;
