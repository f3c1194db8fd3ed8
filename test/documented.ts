import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { document, type Operation } from '../src/openapi/document.ts';

/** The API's document as a judge of real requests and answers: nothing may be in them that it doesn't know. */

export const api = document();

const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(api, 'open');
ajv.addSchema(closed(api) as object, 'closed');

export interface Documented {
  method: string;
  /** As in the document: `/api/v1/sites/{site}`. */
  path: string;
  operation: Operation;
}

/** Every operation of the document. */
export const operations: Documented[] = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

const routes = operations.map((operation) => ({ ...operation, pattern: patternOf(operation.path) }));

/**
 * What is wrong with a value by a schema of the document; null when nothing is.
 * @param keys those that lead to the schema
 * @param how whether fields that the document doesn't know are faults
 */
export function faultIn(value: unknown, keys: string[], how: 'open' | 'closed' = 'closed'): string | null {
  const pointer = keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = ajv.getSchema(`${how}#/${pointer}`) as ValidateFunction | undefined;
  if (!validate) throw new Error(`the document has no ${keys.join(' → ')}`);
  return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: 'body' });
}

/**
 * Holds an answer against the document, where it has the operation.
 * @throws Error for a status, a code, a media type or a body that it doesn't know
 */
export async function asDocumented(method: string, address: string, response: Response): Promise<void> {
  const path = new URL(address, 'http://any').pathname;
  const route = routes.find((one) => one.method === method && one.pattern.test(path));
  if (!route) return;
  const status = String(response.status);
  const wrong = (what: string) => new Error(`${method} ${path} answered ${status} ${what}`);
  const told = route.operation.responses[status] as { $ref?: string; content?: Record<string, object> } | undefined;
  if (!told) throw wrong(`, which its document doesn’t know: ${await response.clone().text()}`);
  const keys = told.$ref
    ? told.$ref.slice(2).split('/')
    : ['paths', route.path, method.toLowerCase(), 'responses', status];
  const { content = {} } = keys.reduce<object>(
    (at, key) => (at as Record<string, object>)[key] ?? {},
    api,
  ) as typeof told;
  const media = response.headers.get('content-type')?.split(';')[0] ?? '';
  const expected = Object.keys(content);
  if (expected.length === 0) {
    if ((await response.clone().arrayBuffer()).byteLength > 0)
      throw wrong('with a body, and its document knows of none');
    return;
  }
  if (!expected.includes(media)) throw wrong(`as “${media}”, and not as ${expected}`);
  if (!media.endsWith('json')) return;
  const body: unknown = await response.clone().json();
  const fault = faultIn(body, [...keys, 'content', media, 'schema']);
  if (fault) throw wrong(`otherwise than documented: ${fault}: ${JSON.stringify(body)}`);
}

/** `/sites/{site}` as a pattern of addresses. A literal part is told apart by its method alone: no two routes need more. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}

/** Every object that names its fields, with no room for others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const open = 'type' in inner && 'properties' in inner && !('additionalProperties' in inner);
  return open && typeof inner.properties === 'object' ? { ...inner, additionalProperties: false } : inner;
}
