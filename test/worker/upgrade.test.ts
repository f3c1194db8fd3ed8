import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Owner, ownStack, TestSite } from '../world.ts';

// What an older version has left behind in a collector.

test('settings that lack what has been added since are asked for anew', async () => {
  const data = mkdtempSync(join(tmpdir(), 'footfall-upgrade-'));
  try {
    const old = await ownStack({ data });
    const owner = await old.owner();
    const site = await owner.site({ gpc: false, exclude: { paths: ['/drafts/*'] } } as object);
    await old.close();

    const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sqlite'));
    let edited = 0;
    for (const file of files) {
      const storage = new DatabaseSync(join(data, file));
      if (storage.prepare("select 1 from sqlite_master where name = 'meta'").get()) {
        const { changes } = storage
          .prepare("update meta set value = json_remove(value, '$.exclude', '$.bot_rules') where key = 'settings'")
          .run();
        edited += Number(changes);
      }
      storage.close();
    }
    expect(edited).toBe(1);

    const world = await ownStack({ data });
    const same = new TestSite(new Owner(world, owner.id, owner.email, owner.apiKey), site);
    const answer = async (url: string) => (await same.send(same.hit({ url }), { 'sec-gpc': '1' })).json();
    expect(await answer(`https://${site.domain}/`)).toEqual({ accepted: 1, ignored: [] });
    expect(await answer(`https://${site.domain}/drafts/1`)).toMatchObject({ ignored: [{ reason: 'excluded_path' }] });
    await world.close();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
