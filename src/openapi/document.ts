import { z } from 'zod';
import { mend, PARTS_OF_FILTERS } from './by-hand.ts';
import { MEANS, Problem, refusals } from './problems.ts';
import { type Bytes, type Gives, isBytes, isControl, type Route } from './route.ts';
import { NOUNS, PARTS } from './routes.ts';

/**
 * The API as an OpenAPI 3.1 document, made of the table of routes and of the schemas that it names. The build does it once
 * and puts it beside the dashboard's files, so that the Worker carries none of this.
 * @see https://spec.openapis.org/oas/v3.1.1
 */

type Json = Record<string, unknown>;

export interface Document extends Json {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; responses: Record<string, Json> } & Json;
}

export interface Operation extends Json {
  operationId: string;
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  responses: Record<string, Json>;
}

const ABOUT = `Everything that the dashboard shows comes from here.

Ask with an API key, \`Authorization: Bearer ff_…\`, made in the dashboard. The dashboard itself asks with the session’s
cookie, which counts from its own pages only.

Bodies are JSON. Fields that nobody knows are ignored, in what you send as in what you get: answers may grow. Text is trimmed
where that can’t matter. Times are ISO 8601.

A refusal is \`application/problem+json\` with a stable \`code\`, which stands in \`X-Footfall-Reason\` too. Beside those that each
operation names there is \`405 method_not_allowed\`, which no operation has, and \`404 not_found\` for any other address.`;

export function document(): Document {
  const routes = NOUNS.flatMap((noun) => Object.entries(noun.routes).map((route) => [noun.name, ...route] as const));
  const schemasOf = (pick: (route: Route) => z.ZodType | Bytes | undefined) =>
    Object.fromEntries(
      routes.flatMap(([, , route]) => {
        const body = pick(route);
        return body && !isBytes(body) ? [[route.id, body]] : [];
      }),
    );
  const taken = described(
    schemasOf(({ takes }) => (takes && isBytes(takes) ? takes.holds : takes)),
    'input',
  );
  const asked = described(
    schemasOf(({ query }) => query),
    'input',
  );
  const given = described({ Problem, ...schemasOf(({ gives }) => gives.body) }, 'output');
  const responses: Record<string, Json> = {};
  const paths: Document['paths'] = {};
  for (const [noun, address, route] of routes) {
    const [method = '', path = ''] = address.split(' ');
    const query = asked.schemas[route.id];
    paths[written(path)] = {
      ...paths[written(path)],
      [method.toLowerCase()]: {
        operationId: route.id,
        tags: [noun],
        summary: route.summary,
        description: route.description,
        security: security(route),
        ...optional('parameters', [...inPath(path), ...(query ? inQuery(query) : [])]),
        requestBody: body(address, route, taken.schemas[route.id]),
        responses: {
          [route.gives.status]: success(route.gives, given.schemas[route.id]),
          ...(route.gives.silent && { 204: { description: route.gives.silent } }),
          ...(route.gives.tagged && method === 'GET' && { 304: UNCHANGED }),
          ...refused(address, route, responses),
        },
      },
    };
  }
  const schemas = Object.entries({ ...taken.named, ...given.named, ...PARTS_OF_FILTERS });
  for (const [name, schema] of schemas) {
    const other = taken.named[name] ?? schema;
    if (JSON.stringify(other) !== JSON.stringify(schema)) throw new Error(`${name} is taken and given in two forms`);
  }
  const document: Document = {
    openapi: '3.1.1',
    info: { title: 'Footfall', version: '1', description: ABOUT },
    servers: [{ url: '/' }],
    tags: NOUNS.map(({ name, says }) => ({ name, description: says })),
    paths,
    components: {
      schemas: Object.fromEntries(schemas.sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: Object.fromEntries(
        Object.entries(described(PARTS, 'input').schemas).map(([name, part]) => [
          name,
          parameter(name, 'path', true, part),
        ]),
      ),
      responses,
      headers: {
        Reason: { description: 'The code of a refusal, or why a hit was left out.', schema: { type: 'string' } },
        RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' } },
        ETag: { description: 'Another one when the answer is another.', schema: { type: 'string' } },
      },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: `ff_…`. It may read, or read and write.' },
        share: { type: 'http', scheme: 'bearer', description: 'The token of a link that opens one recording: `fs_…`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-footfall',
          description: 'The dashboard’s session, from its own pages only. Without https it is called `footfall`.',
        },
      },
    },
  };
  return JSON.parse(JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/')) as Document;
}

/** JSON Schemas of all at once, so that each that has a name is told once: the others refer to it. */
function described(all: Record<string, z.ZodType>, io: 'input' | 'output') {
  const { properties, $defs } = z.toJSONSchema(z.object(all), {
    io,
    unrepresentable: 'any',
    override: (found) => mend(found, io),
  });
  return { schemas: properties as Record<string, Json>, named: ($defs ?? {}) as Record<string, Json> };
}

/** `/sites/:site` as `/sites/{site}`. */
const written = (path: string) => path.replace(/:(\w+)/g, '{$1}');

const inPath = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ $ref: `#/components/parameters/${name}` }));

function inQuery({ properties, required = [] }: { properties?: unknown; required?: unknown }) {
  return Object.entries(properties as Record<string, Json>).map(([name, schema]) =>
    parameter(name, 'query', (required as string[]).includes(name), schema),
  );
}

function parameter(name: string, where: 'path' | 'query', required: boolean, { description, ...schema }: Json): Json {
  return { name, in: where, required, description, schema };
}

/** A role stands for what a key must be allowed to do. */
function security({ needs }: Route): Operation['security'] {
  if (needs === 'nothing') return [];
  if (needs === 'share') return [{ share: [] }];
  return needs === 'session' ? [{ session: [] }] : [{ key: [needs] }, { session: [] }];
}

function body(address: string, { takes, example }: Route, schema: Json | undefined): Json | undefined {
  if (!takes) return undefined;
  if (isBytes(takes)) return { required: true, content: content(takes, undefined) };
  const json = { schema, ...(example && { example }) };
  // What strangers' pages send is read as JSON whatever it is called.
  const kinds = isControl(address) ? ['application/json'] : ['application/json', 'text/plain'];
  return { required: true, content: Object.fromEntries(kinds.map((kind) => [kind, json])) };
}

const TAG = { headers: { ETag: { $ref: '#/components/headers/ETag' } } };
const UNCHANGED = { description: 'It is what `If-None-Match` says that the asker has.', ...TAG };

function success({ body, says, example, tagged }: Gives, schema: Json | undefined): Json {
  if (!body) return { description: says };
  const description = says ?? (isBytes(body) ? body.says : body.description);
  return { description, ...(tagged && TAG), content: content(body, schema, example) };
}

function content(body: z.ZodType | Bytes, schema: Json | undefined, example?: unknown): Json {
  if (isBytes(body)) return { [body.media]: { schema: { description: body.says } } };
  return { 'application/json': { schema, ...(example !== undefined && { example }) } };
}

/** The refusals of a route by status; each combination of codes is told once, under a name that is made of them. */
function refused(address: string, route: Route, told: Record<string, Json>): Record<string, Json> {
  const all = [...refusals(address, route)].map(([status, codes]) => {
    const name = codes.join('.');
    told[name] ??= {
      description: codes.map((code) => `\`${code}\`: ${MEANS[code]}`).join('\n\n'),
      headers: {
        'X-Footfall-Reason': { $ref: '#/components/headers/Reason' },
        ...([429, 503].includes(status) && { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }),
      },
      content: {
        'application/problem+json': {
          schema: {
            $ref: '#/components/schemas/Problem',
            properties: { status: { const: status }, code: { enum: codes } },
          },
        },
      },
    };
    return [status, { $ref: `#/components/responses/${name}` }] as const;
  });
  return Object.fromEntries(all);
}

const optional = (name: string, list: unknown[]) => (list.length > 0 ? { [name]: list } : {});
