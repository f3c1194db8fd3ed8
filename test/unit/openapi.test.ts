import { globSync, readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { z } from 'zod';
import * as inputs from '../../src/contract/api.ts';
import * as questions from '../../src/contract/query.ts';
import { EVENT_DIMENSIONS, OPERATORS, TIME_DIMENSIONS, VISIT_DIMENSIONS } from '../../src/contract/query.ts';
import { EngineAddress, QueryAddress, SessionsAddress } from '../../src/openapi/by-hand.ts';
import { isBytes } from '../../src/openapi/route.ts';
import { NOUNS } from '../../src/openapi/routes.ts';
import { PROBLEMS } from '../../src/problem.ts';
import { api, asDocumented, faultIn, operations } from '../documented.ts';

const routes = NOUNS.flatMap(({ routes }) => Object.entries(routes));

/** Every object in the document, with the keys that lead to it. */
function* objects(value: unknown, keys: string[] = []): Generator<[string[], Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [keys, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* objects(inner, [...keys, key]);
}

const all = [...objects(api)];

describe('the document', () => {
  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(api))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('refers to what is there, and holds nothing that is not referred to', () => {
    const text = JSON.stringify(api);
    const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name]) => name));
    const there = (['schemas', 'parameters', 'responses', 'headers'] as const).flatMap((kind) =>
      Object.keys(api.components[kind] as object).map((name) => `${kind}/${name}`),
    );
    // What is inside bytes is spoken of by its name.
    expect([...referred, 'schemas/Envelope'].sort()).toEqual(there.sort());
  });

  it('says what each operation is for, in a line and in words, under a name of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect([operation.operationId, operation.summary]).toEqual([
        operation.operationId,
        expect.stringMatching(/^[A-Z].*[^.]$/),
      ]);
      expect(operation.description).toMatch(/^[^a-z].*[.:”`]$/s);
    }
    for (const name of Object.keys(api.components.schemas)) {
      if (name !== 'FilterValues')
        expect([name, api.components.schemas[name]]).toMatchObject([name, { description: /./ }]);
    }
  });

  it('leaves no value open but what a refused event was', () => {
    const open = [...objects(api.components.schemas)].filter(
      ([keys, schema]) =>
        (keys.at(-1) === 'additionalProperties' || keys.at(-1) === 'items' || keys.at(-2) === 'properties') &&
        !['type', 'anyOf', '$ref'].some((word) => word in schema),
    );
    expect(open.map(([keys]) => keys.join('.'))).toEqual(['Quarantined.properties.event.additionalProperties']);
  });

  it('knows every code of the closed list, and uses each but the one that no operation has', () => {
    const used = new Set(Object.keys(api.components.responses).flatMap((name) => name.split('.')));
    expect([...used, 'method_not_allowed'].sort()).toEqual(Object.keys(PROBLEMS).sort());
    expect(api.components.schemas.Problem).toMatchObject({ properties: { code: { enum: Object.keys(PROBLEMS) } } });
  });

  it('has examples that are right', () => {
    const given = all.filter(
      ([keys, { schema, example }]) => keys.includes('content') && schema && example !== undefined,
    );
    expect(given.length).toBeGreaterThan(15);
    for (const [keys, { example }] of given)
      expect([keys, faultIn(example, [...keys, 'schema'])]).toEqual([keys, null]);
    for (const [keys, { examples }] of all) {
      for (const one of Array.isArray(examples) ? examples : []) expect(faultIn(one, keys)).toBeNull();
    }
  });
});

it('names the schemas that the handlers parse with', () => {
  const names = new Map<unknown, string>(
    Object.entries({ ...inputs, ...questions }).map(([name, schema]) => [schema, name]),
  );
  // Addresses of questions are read by hand.
  for (const schema of [QueryAddress, SessionsAddress]) names.set(schema, 'parseQuery');
  const named = (schema: z.ZodType) => names.get(schema) ?? '?';
  const parsed = new Map<string, string[]>();
  // Strangers' doors are not under /api/v1.
  for (const file of globSync('src/!(collect|compat)/*.ts')) {
    const [, ...handlers] = readFileSync(file, 'utf8').split(/^\w+\.(?=(?:get|post|put|patch|delete)\('\/)/m);
    for (const handler of handlers) {
      const [, method = '', path] = /^(\w+)\('([^']+)'/.exec(handler) ?? [];
      const body = handler.slice(0, handler.search(/^}\);/m));
      const schemas = [
        ...body.matchAll(/\binput\(c\.req\.raw, (\w+)\)|\b(?!JSON)([A-Z]\w+)\.parse\(|\b(parseQuery)\(/g),
      ];
      parsed.set(
        `${method.toUpperCase()} /api/v1${path}`,
        schemas.map(([, ...found]) => found.find(Boolean) ?? '').sort(),
      );
    }
  }
  const documented = routes
    .filter(([address]) => address.includes(' /api/v1/') && !address.endsWith('openapi.json'))
    .map(([address, { takes, query }]): [string, string[]] => [
      address,
      // One function reads the engine, for both ways of asking.
      [takes, query === EngineAddress ? undefined : query]
        .flatMap((schema) => (schema && !isBytes(schema) ? [named(schema)] : []))
        .sort(),
    ]);
  expect([...parsed].sort()).toEqual(documented.sort());
});

/** Values, each of which fits somewhere. */
const ODD = [null, true, -1, 0, 0.5, 5, 1e300, '', 'text', '2026-11-21', 'all', [], [5], ['/a', 'b'], {}, { limit: 5 }];

/** What JSON Schema can't say; the document says it in words. */
const IN_WORDS = ['custom', 'invalid_format'];

describe.each(
  routes.flatMap(([address, { takes, example }]) =>
    takes && !isBytes(takes) && example ? [{ address, takes, example }] : [],
  ),
)('the body of $address', ({ address, takes, example }) => {
  const [method = '', path = ''] = address.split(' ');
  const written = path.replaceAll(/:(\w+)/g, '{$1}');
  const keys = ['paths', written, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
  const schema = keys.reduce<Record<string, object>>((at, key) => at[key] as typeof at, api as never);
  const fields = Object.keys(fieldsOf(schema));

  it('is refused by the document where the check refuses it, and nowhere else', () => {
    const bodies = fields.flatMap((field) => [undefined, ...ODD].map((value) => ({ ...example, [field]: value })));
    const disagreements = [...bodies.map((one) => JSON.parse(JSON.stringify(one))), ...ODD].flatMap((body) => {
      const { error } = takes.safeParse(body);
      const fault = faultIn(body, keys, 'open');
      const inWords = error?.issues.every(({ code }) => IN_WORDS.includes(code)) ?? false;
      return inWords || (fault === null) === (error === undefined) ? [] : [{ body, fault, issues: error?.issues }];
    });
    expect(disagreements).toEqual([]);
  });
});

function fieldsOf({ $ref, properties, anyOf }: Record<string, unknown>): object {
  if (typeof $ref === 'string') return fieldsOf(api.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  return properties ?? (Array.isArray(anyOf) ? fieldsOf(anyOf[0]) : {});
}

describe('filters, which are checked by hand', () => {
  const value = fc.oneof(
    fc.constantFrom('', 'EE', '🛒', 'errors', 'quick_backs'),
    fc.integer(),
    fc.constantFrom(null, {}, []),
  );
  const name = fc.constantFrom(
    ...EVENT_DIMENSIONS,
    ...VISIT_DIMENSIONS,
    ...TIME_DIMENSIONS,
    'event:props:plan',
    'event:props:',
    'visit:mood',
    'visit:signal',
    5,
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.tuple(fc.constantFrom(...OPERATORS, 'like'), name, fc.array(value, { maxLength: 3 })),
      fc.tuple(
        fc.constantFrom(...OPERATORS),
        name,
        fc.constant(['EE']),
        fc.constantFrom({ case_sensitive: false }, {}, 1),
      ),
      fc.tuple(fc.constantFrom('has_done', 'has_not_done'), tie('tree')),
      fc.tuple(fc.constantFrom('is', 'is_not'), fc.constant('segment'), fc.array(value, { maxLength: 2 })),
      fc.tuple(fc.constant('not'), tie('tree')),
      fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { maxLength: 3 })),
      fc.tuple(fc.constantFrom('is', 'and', 'not'), value),
      value,
    ),
  }));
  const fits = (filters: unknown) => faultIn(filters, ['components', 'schemas', 'Filters']) === null;

  it('are what the document says they are', () => {
    const agree = fc.property(fc.array(tree, { maxLength: 3 }), (filters) => {
      expect([filters, fits(filters)]).toEqual([filters, questions.Filters.safeParse(filters).success]);
    });
    fc.assert(agree, { numRuns: 2_000 });
  });

  it('have the operators that the check names', () => {
    const { error } = questions.Filters.safeParse([['?', 'event:page', ['/']]]);
    const known = error?.issues[0]?.message.replace(/^.*: /, '').split(', ') ?? [];
    expect(known).toContain('contains_not');
    const text = JSON.stringify(api.components.schemas.Filter);
    expect(known.filter((operator) => !text.includes(`"${operator}"`))).toEqual([]);
  });

  test.each([...TIME_DIMENSIONS, ...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS, 'event:props:a\nb', 'event:props:', 'x', 5])(
    'the dimension %j is one for both or for neither',
    (dimension) => {
      const known = questions.Dimension.safeParse(dimension).success;
      expect(faultIn(dimension, ['components', 'schemas', 'Dimension']) === null).toBe(known);
    },
  );
});

describe('an answer that the document doesn’t know is found out', () => {
  const site = '/api/v1/sites/1/exclusions/me';
  const answer = (body: unknown, status = 200, type = 'application/json') =>
    asDocumented('GET', site, new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }));
  const problem = { type: 'about:blank#x', title: 'x', status: 404, code: 'not_found', detail: 'x' };

  test('by a field too many or too few, a status, a code, a media type', async () => {
    await answer({ excluded: true, addresses: 1 });
    await expect(answer({ excluded: true, addresses: 1, since: 5 })).rejects.toThrow(/additional properties/);
    await expect(answer({ excluded: true })).rejects.toThrow(/addresses/);
    await expect(answer({ excluded: true, addresses: 1 }, 201)).rejects.toThrow(/201/);
    await expect(answer({ excluded: true, addresses: 1 }, 200, 'text/html')).rejects.toThrow(/html/);
    await answer(problem, 404, 'application/problem+json');
    await expect(answer({ ...problem, code: 'conflict' }, 404, 'application/problem+json')).rejects.toThrow(/code/);
    await expect(
      answer({ ...problem, status: 409, code: 'conflict' }, 409, 'application/problem+json'),
    ).rejects.toThrow(/409/);
  });
});
