import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import type { KubernetesListObject, KubernetesObject } from '@kubernetes/client-node';
import { Subject, firstValueFrom, map, take, takeUntil } from 'rxjs';
import { memoryLog, resumable } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import type { HttpServer } from '../../../spec/support/httpServer';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { fromWatch } from './fromWatch';
import type { WatchEvent } from './watchEvent';
import { serveWatch } from './serveWatch';

forbidUnhandledRejections();

const path = '/api/v1/namespaces/default/configmaps';

interface Store {
  readonly server: HttpServer;
  readonly write: (type: 'ADDED' | 'MODIFIED' | 'DELETED', name: string) => void;
  readonly bookmark: () => void;
  /** Ends each watch behind its last change, as an API server does after some minutes. */
  readonly end: () => void;
}

/** An API server that retains the last `history` changes. */
async function store(history: number): Promise<Store> {
  const objects = new Map<string, KubernetesObject>();
  const log = memoryLog<{ id: string; data: WatchEvent<KubernetesObject> }>({ bufferSize: history });
  let version = 100;
  const append = (data: WatchEvent<KubernetesObject>): void => {
    void log.append([{ id: String(version), data }]);
  };
  const write: Store['write'] = (type, name) => {
    const metadata = { name, namespace: 'default', resourceVersion: String(++version) };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    if (type === 'DELETED') objects.delete(name);
    else objects.set(name, object);
    append({ type, object });
  };
  const bookmark = (): void => {
    const metadata = { resourceVersion: String(++version) };
    const object = { kind: 'ConfigMap', metadata };
    append({ type: 'BOOKMARK', object });
  };
  write('ADDED', 'first');
  const list = () => ({
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    metadata: { resourceVersion: String(version) },
    items: [...objects.values()],
  });
  const feed = resumable(log);
  const ended = new Subject<void>();
  const serve = serveWatch(list, (version) => feed(version).pipe(takeUntil(ended)));
  const end = (): void => {
    ended.next();
  };
  return { server: await webServer(serve), write, bookmark, end };
}

/** The names of what the official informer adds, updates and deletes. */
function informed({ url }: HttpServer): {
  readonly seen: readonly string[];
  readonly stop: () => Promise<void>;
} {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'local', server: url.slice(0, -1), skipTLSVerify: true },
    { name: 'me' },
  );
  const api = config.makeApiClient(CoreV1Api);
  const informer = makeInformer<KubernetesObject>(
    config,
    path,
    (): Promise<KubernetesListObject<KubernetesObject>> =>
      api.listNamespacedConfigMap({ namespace: 'default' }),
  );
  const seen: string[] = [];
  for (const verb of ['add', 'update', 'delete'] as const) {
    informer.on(verb, ({ metadata }) => seen.push(`${verb} ${metadata?.name}`));
  }
  const stop = () => informer.stop();
  onTestFinished(stop);
  void informer.start();
  return { seen, stop };
}

describe('the official informer', () => {
  it('gets the list and each change, and its connection is closed when it stops', async () => {
    const { server, write, bookmark } = await store(100);
    const { seen, stop } = informed(server);
    await eventually(() => seen).toEqual(['add first']);
    write('ADDED', 'second');
    await eventually(() => seen).toEqual(['add first', 'add second']);
    bookmark();
    write('MODIFIED', 'first');
    write('DELETED', 'second');
    await eventually(() => seen).toEqual(['add first', 'add second', 'update first', 'delete second']);
    await stop();
    const watch = server.exchanges.findIndex(({ request }) => request.url?.includes('watch'));
    await server.disconnected(watch + 1);
  });

  it('lists again when the version is too old', async () => {
    const { server, write, end } = await store(2);
    const { seen } = informed(server);
    await eventually(() => seen).toEqual(['add first']);
    await eventually(() => server.exchanges).toHaveLength(2);
    end();
    for (const name of ['second', 'third', 'fourth']) write('ADDED', name);
    await eventually(() => seen.at(-1)).toBe('add fourth');
    expect(new Set(seen)).toEqual(new Set(['add first', 'add second', 'add third', 'add fourth']));
  });
});

describe('a watch', () => {
  const nameOf = (event: object): string =>
    'items' in event
      ? `list ${(event.items as KubernetesObject[]).map(({ metadata }) => metadata?.name).join(' ')}`
      : `${(event as WatchEvent<KubernetesObject>).type} ${(event as { object: KubernetesObject }).object.metadata?.name}`;

  it('emits the list and each change, without the bookmarks, and continues after a cut', async () => {
    const { server, write, bookmark } = await store(3);
    const seen: string[] = [];
    await fromWatch<KubernetesObject>(server.url + path.slice(1), 1)
      .pipe(map(nameOf), take(5))
      .forEach((event) => {
        seen.push(event);
        if (seen.length === 1) write('ADDED', 'second');
        if (seen.length === 2) {
          bookmark();
          write('MODIFIED', 'first');
        }
        if (seen.length === 3) {
          // What follows the bookmark and the change is all that the server retains.
          server.exchanges[1]?.response.destroy();
          write('DELETED', 'second');
          write('ADDED', 'third');
        }
      });
    expect(seen).toEqual(['list first', 'ADDED second', 'MODIFIED first', 'DELETED second', 'ADDED third']);
    expect(server.exchanges.filter(({ request }) => !request.url?.includes('watch'))).toHaveLength(1);
    await server.disconnected(server.exchanges.length);
  });

  it('continues from a bookmark where its last change is too old', async () => {
    const { server, write, bookmark, end } = await store(2);
    const seen: string[] = [];
    const reading = fromWatch<KubernetesObject>(server.url + path.slice(1), 1)
      .pipe(map(nameOf), take(3))
      .forEach((event) => seen.push(event));
    await eventually(() => server.exchanges[1]?.response.headersSent).toBe(true);
    write('ADDED', 'second');
    await eventually(() => seen).toHaveLength(2);
    for (let count = 0; count < 3; count++) bookmark();
    end();
    await eventually(() => server.exchanges).toHaveLength(3);
    write('ADDED', 'third');
    await reading;
    expect(seen).toEqual(['list first', 'ADDED second', 'ADDED third']);
  });

  it('emits the list again when the version is too old', async () => {
    const { server, write } = await store(2);
    const seen: string[] = [];
    await fromWatch<KubernetesObject>(server.url + path.slice(1), 1)
      .pipe(map(nameOf), take(3))
      .forEach((event) => {
        seen.push(event);
        if (seen.length === 1) write('ADDED', 'second');
        if (seen.length !== 2) return;
        server.exchanges[1]?.response.destroy();
        for (const name of ['third', 'fourth', 'fifth']) write('ADDED', name);
      });
    expect(seen).toEqual(['list first', 'ADDED second', 'list first second third fourth fifth']);
  });

  it('is an error when the server refuses it', async () => {
    const { url } = await webServer(() => new Response('no', { status: 403 }));
    await expect(firstValueFrom(fromWatch(url))).rejects.toMatchObject({
      name: 'HttpStatusError',
      status: 403,
    });
  });
});
