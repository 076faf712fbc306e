import { Buffer } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
};
const COMPRESSED = /^(text|application)\/|svg/;

/**
 * Serves a folder on a free port of loopback as a host of pages does: addresses without `.html`, gzip, and 404.html.
 * Nothing is cached, so that each visit is a first one.
 *
 * @param pages - Pages that are not in the folder, by their paths.
 */
export function serve(folder, pages = {}) {
  const answers = new Map();
  const answerTo = (path) => {
    if (path in pages) return { status: 200, type: TYPES['.html'], body: Buffer.from(pages[path]) };
    const name = join(folder, normalize(path));
    const file = [name, `${name}.html`, join(name, 'index.html')].find(
      (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
    );
    const found = file ?? join(folder, '404.html');
    const type = TYPES[extname(found)] ?? 'application/octet-stream';
    return { status: file ? 200 : 404, type, body: readFileSync(found) };
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (!answers.has(path)) {
      const answer = answerTo(path);
      const compressed = COMPRESSED.test(answer.type);
      answers.set(path, { ...answer, compressed, sent: compressed ? gzipSync(answer.body) : answer.body });
    }
    const { status, type, compressed, sent } = answers.get(path);
    response.writeHead(status, {
      'content-type': type,
      'content-length': sent.length,
      'cache-control': 'no-store',
      ...(compressed ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : sent);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve({
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
