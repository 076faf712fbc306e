/** A text without the query of a URL, which may be a secret: some runtimes repeat the URL in their error messages. */
export function withoutQuery(text: string, url: string): string {
  const { search, hash } = new URL(url);
  return [url.slice(url.search(/[?#]|$/)), search + hash, search]
    .filter((secret) => secret.length > 1)
    .reduce((shown, secret) => shown.replaceAll(secret, '?…'), text);
}
