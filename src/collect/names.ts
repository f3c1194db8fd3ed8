import type { LedgerStorage } from './ledger.ts';

/** What other products' clients call a site: its domain (Plausible's), a UUID (Umami's). */
export interface SiteNames {
  site: number;
  names: string[];
}

/**
 * Which name belongs to which site: kept by one collector for the whole deployment, told by the control plane. The data
 * plane asks here, so that a name that somebody made up never reaches Postgres.
 */
export class Names {
  readonly #storage: LedgerStorage;

  constructor(storage: LedgerStorage) {
    this.#storage = storage;
    storage.sql.exec('create table if not exists name (name text primary key, site integer not null) without rowid');
  }

  /** A site is called so and not otherwise. */
  tell(all: SiteNames[]): void {
    this.#storage.transactionSync(() => {
      for (const { site, names } of all) {
        this.#storage.sql.exec('delete from name where site = ?', site);
        for (const name of names) {
          this.#storage.sql.exec('insert or replace into name (name, site) values (?, ?)', name, site);
        }
      }
    });
  }

  all(): Map<string, number> {
    const rows = this.#storage.sql.exec('select name, site from name').toArray();
    return new Map(rows.map(({ name, site }) => [String(name), Number(site)]));
  }
}
