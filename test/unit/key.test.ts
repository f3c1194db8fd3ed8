import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKey, signKey } from '../../src/collect/key.ts';

const secret = 'a secret of thirty-two characters';

test('a key names its site, and nobody else can make one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.nat(15), fc.string(), async (id, at, other) => {
      const key = await signKey(secret, id);
      expect(key).toMatch(/^[\w-]{16}$/);
      expect(await readKey(secret, key)).toBe(id);
      expect(await readKey(`${secret}!`, key)).toBeNull();
      const bent = key.slice(0, at) + (key[at] === 'A' ? 'B' : 'A') + key.slice(at + 1);
      expect(await readKey(secret, bent)).toBeNull();
      expect(await readKey(secret, other)).toBeNull();
    }),
  );
});
