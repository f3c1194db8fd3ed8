import { app } from './app.ts';
import { makePartitions } from './collect/flush.ts';
import { connect } from './db/client.ts';
import type { Bindings } from './env.ts';

export { Collector } from './collect/collector.ts';

export default {
  fetch: app.fetch,

  /** Once a day: next months' partitions, so that no flush has to wait for one. */
  async scheduled(controller, env) {
    const month = 31 * 86_400_000;
    await makePartitions(connect(env), controller.scheduledTime, controller.scheduledTime + 2 * month);
  },
} satisfies ExportedHandler<Bindings>;
