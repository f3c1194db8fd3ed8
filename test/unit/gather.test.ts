import { expect, test } from 'vitest';
import { Gatherer, Gatherers } from '../../src/collect/gather.ts';

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
const now = () => Promise.resolve();

test('a lone one goes at once; what comes meanwhile goes together', async () => {
  const { made, call } = calls();
  const gatherer = new Gatherer<number, string>(now);
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
  const gatherer = new Gatherer<number, string>(now);
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
  const gatherer = new Gatherer<number, string>(now);
  const many = (n: number) => Array.from({ length: n }, (_, i) => i);
  const sent = [1, 600, 600, 3_000, 5].map((n) => gatherer.send(many(n), call, keep));
  for (let i = 0; i < 5; i++) {
    made[i]?.end();
    await turn();
  }
  expect((await Promise.all(sent)).map(({ length }) => length)).toEqual([1, 600, 600, 3_000, 5]);
  expect(made.map(({ items }) => items.length)).toEqual([1, 600, 600, 3_000, 5]);
});

test('what comes right behind a call goes together; what comes after a while goes at once', async () => {
  const { made, call } = calls();
  const pauses: (() => void)[] = [];
  const gatherer = new Gatherer<number, string>(() => new Promise<void>((resolve) => pauses.push(resolve)));
  const first = gatherer.send([1], call, keep);
  made[0]?.end();
  expect(await first).toEqual(['1!']);
  const behind = [2, 3].map((item) => gatherer.send([item], call, keep));
  await turn();
  expect(made.length).toBe(1);
  pauses[0]?.();
  await turn();
  expect(made[1]?.items).toEqual([2, 3]);
  made[1]?.end();
  await Promise.all(behind);
  pauses[1]?.();
  await turn();
  expect(gatherer.idle).toBe(true);
  void gatherer.send([4], call, keep);
  expect(made[2]?.items).toEqual([4]);
});

test('gatherers share nothing, and are forgotten when they have nothing to do', async () => {
  const { made, call } = calls();
  const gatherers = new Gatherers<number, string>(now);
  const work: Promise<void>[] = [];
  const sent = [1, 2, 1].map((name, i) => gatherers.send(name, [i], call, (its) => work.push(its)));
  expect(made.map(({ items }) => items)).toEqual([[0], [1]]);
  expect(gatherers.size).toBe(2);
  made[0]?.end();
  made[1]?.end();
  await turn();
  made[2]?.end();
  expect(await Promise.all(sent)).toEqual([['0!'], ['1!'], ['2!']]);
  await Promise.all(work);
  expect(gatherers.size).toBe(0);
});
