import { Pool } from 'pg';
import type { PoolConfig } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { SCHEMA } from '../../examples/postgres-log/postgresLog';
import { temporaryPostgres } from '../../examples/postgres-log/temporaryPostgres';
import type { TemporaryPostgres } from '../../examples/postgres-log/temporaryPostgres';

/** A Postgres for the specs of a file, with the tables of the logs. It is there once they run. */
export function postgresServer(): { readonly config: () => PoolConfig; readonly pool: () => Pool } {
  let server: TemporaryPostgres | undefined;
  let pool: Pool | undefined;
  beforeAll(async () => {
    server = await temporaryPostgres();
    pool = new Pool(server.config);
    await pool.query(SCHEMA);
  }, 60_000);
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });
  return {
    config: () => server!.config,
    pool: () => pool!,
  };
}
