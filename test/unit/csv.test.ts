import { describe, expect, test } from 'vitest';
import { csv } from '../../src/dashboard/site/csv.ts';

describe('a list as CSV', () => {
  test('lines end as RFC 4180 says, numbers are bare, what is unknown is empty', () =>
    expect(
      csv([
        ['page', 'visitors', 'time_on_page'],
        ['/shop', 18204, null],
        ['/', 0.5, -1],
      ]),
    ).toBe('page,visitors,time_on_page\r\n/shop,18204,\r\n/,0.5,-1\r\n'));

  test.each([
    ['a, b', '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
    ['Tõrva 🌲', 'Tõrva 🌲'],
  ])('%j is written %j', (text, out) => expect(csv([[text]])).toBe(`${out}\r\n`));

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('%j is no formula', (text) =>
    expect(csv([[text]]).replace('"', '')).toMatch(/^'/),
  );

  test('a formula with quotes and commas is neither', () =>
    expect(csv([['=HYPERLINK("https://evil.example","a")']])).toBe(
      `"'=HYPERLINK(""https://evil.example"",""a"")"\r\n`,
    ));
});
