import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from '../../examples/serving/freePort';

const candidates = [process.env.NGINX, 'nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx'];

/** The program, where there is one: `NGINX`, or what is installed. */
export const nginx = candidates.find((path) => path && spawnSync(path, ['-v']).status === 0);

/** The protocol between nginx and the server behind it. */
export interface NginxForm {
  readonly name: string;
  /** In the block of the location, next to `proxy_pass`. */
  readonly location: string;
}

/** The default of nginx. */
export const byDefault: NginxForm = { name: 'HTTP/1.0 upstream, as by default', location: '' };
export const withKeepAlive: NginxForm = {
  name: 'HTTP/1.1 upstream with keep-alive',
  location: 'proxy_http_version 1.1; proxy_set_header Connection "";',
};

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Puts nginx in front of a server, gives its address, and stops it when the test is over. */
export async function behindNginx(upstream: string, { location }: NginxForm): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    join(directory, 'nginx.conf'),
    `daemon off;
    master_process off;
    pid ${directory}/pid;
    error_log ${directory}/error.log;
    events {}
    http {
      access_log off;
      ${paths.map((path) => `${path}_temp_path ${directory}/${path};`).join('\n')}
      gzip on;
      gzip_types *;
      gzip_min_length 0;
      gzip_proxied any;
      upstream app { server ${new URL(upstream).host}; keepalive 4; }
      server {
        listen 127.0.0.1:${port};
        location / { proxy_pass http://app; ${location} }
      }
    }`,
  );
  const child = spawn(nginx ?? 'nginx', ['-p', directory, '-c', join(directory, 'nginx.conf')], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
    await rm(directory, { recursive: true });
  });
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    if (await answers(port)) return `http://127.0.0.1:${port}/`;
    await setTimeout(10);
  }
  throw new Error(`nginx did not start, exit code ${child.exitCode}`);
}
