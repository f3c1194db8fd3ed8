import { startStack } from '../../local/stack.ts';

/** A stack in a process of its own, to be killed: `fork(this, [data folder, database URL or none])` hears where it is. */
const [data = '', databaseUrl] = process.argv.slice(2);
const { url, secret, endpoint } = await startStack({ data, port: 0, databaseUrl: databaseUrl || undefined });
process.send?.({ url, secret, endpoint });
