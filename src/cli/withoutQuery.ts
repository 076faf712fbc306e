/**
 * Removes the query of a URL from a text. A query may contain a token, and some runtimes repeat the URL in messages.
 */
export function withoutQuery(text: string, url: string): string {
  const { search, hash } = new URL(url);
  return [url.slice(url.search(/[?#]|$/)), search + hash, search]
    .filter((secret) => secret.length > 1)
    .reduce((shown, secret) => shown.replaceAll(secret, '?…'), text);
}
