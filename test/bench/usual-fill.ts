import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/** What a site has, as the usual product keeps it: one row of text for each event, and one for each of its monthly sessions. */
export async function fillUsual(client: pg.Client, site: number): Promise<void> {
  const statements = readFileSync(join(import.meta.dirname, 'usual.sql'), 'utf8').split(';\n');
  const [tables, indexes] = [/create table/, /create index/].map((kind) => statements.filter((one) => kind.test(one)));
  await client.query('create schema usual');
  for (const statement of tables ?? []) await client.query(statement);
  await client.query(
    "insert into usual.website (website_id, name, domain) values (gen_random_uuid(), 'seed', 'seed.example')",
  );
  // Its ids are hashes of the sender and the month; here of the visitor, so that both count the same people.
  const uuid = (text: string) => `md5(${text})::uuid`;
  const word = (column: string) => `(select value from term where site_id = ${site} and id = ${column})`;
  await client.query(`insert into usual.session (session_id, website_id, browser, os, device, screen, language, country, region, city, created_at)
    select distinct on (s.visitor) ${uuid("'v' || s.visitor")}, w.website_id, ${word('s.browser')}, ${word('s.os')}, ${word('s.device')},
      ${word('s.screen')}, ${word('s.language')}, ${word('s.country')}, left(${word('s.region')}, 20), ${word('s.city')}, s.start
    from session s, usual.website w where s.site_id = ${site} order by s.visitor, s.start`);
  await client.query(`insert into usual.website_event (event_id, website_id, session_id, visit_id, created_at, url_path, url_query,
      referrer_path, referrer_domain, page_title, event_type, event_name, hostname)
    select gen_random_uuid(), w.website_id, ${uuid("'v' || e.visitor")}, ${uuid("'s' || e.session_id")}, e.time, page.value, '',
      case when e.time = s.start then '/' end, case when e.time = s.start then source.value end, 'Title of ' || page.value,
      case when name.value = 'pageview' then 1 else 2 end, case when name.value <> 'pageview' then name.value end, host.value
    from usual.website w, event e
      join session s on s.site_id = e.site_id and s.id = e.session_id
      join term page on page.site_id = e.site_id and page.id = e.page
      join term name on name.site_id = e.site_id and name.id = e.name
      join term host on host.site_id = e.site_id and host.id = e.hostname
      left join term source on source.site_id = s.site_id and source.id = s.source
    where e.site_id = ${site} order by e.time`);
  await client.query("set maintenance_work_mem = '512MB'");
  for (const statement of indexes ?? []) await client.query(statement);
}
