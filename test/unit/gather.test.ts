import { expect, test } from 'vitest';
import { Gatherer } from '../../src/collect/gather.ts';

/** Calls that end when the test says so. */
function calls() {
  const made: { items: number[]; end(): void; fail(): void }[] = [];
  const call = (items: number[]) =>
    new Promise<string[]>((resolve, reject) => {
      const end = () => resolve(items.map((item) => `${item}!`));
      made.push({ items, end, fail: () => reject(new Error('away')) });
    });
  return { made, call };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const keep = () => undefined;

test('a lone one goes at once; what comes meanwhile goes together', async () => {
  const { made, call } = calls();
  const gatherer = new Gatherer<number, string>();
  const answers = [[1], [2, 3], [4]].map((items) => gatherer.send(items, call, keep));
  expect(made.map(({ items }) => items)).toEqual([[1]]);
  made[0]?.end();
  await turn();
  expect(made.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
  made[1]?.end();
  expect(await Promise.all(answers)).toEqual([['1!'], ['2!', '3!'], ['4!']]);
  await turn();
  expect(gatherer.idle).toBe(true);
});

test('a failed call fails those that it carried, and nobody after them', async () => {
  const { made, call } = calls();
  const gatherer = new Gatherer<number, string>();
  const first = gatherer.send([1], call, keep);
  const second = gatherer.send([2], call, keep);
  made[0]?.fail();
  await expect(first).rejects.toThrow('away');
  await turn();
  made[1]?.end();
  expect(await second).toEqual(['2!']);
});

test('one call carries a thousand at most, and at least one request’s', async () => {
  const { made, call } = calls();
  const gatherer = new Gatherer<number, string>();
  const many = (n: number) => Array.from({ length: n }, (_, i) => i);
  const sent = [1, 600, 600, 3_000, 5].map((n) => gatherer.send(many(n), call, keep));
  for (let i = 0; i < 5; i++) {
    made[i]?.end();
    await turn();
  }
  expect((await Promise.all(sent)).map(({ length }) => length)).toEqual([1, 600, 600, 3_000, 5]);
  expect(made.map(({ items }) => items.length)).toEqual([1, 600, 600, 3_000, 5]);
});
