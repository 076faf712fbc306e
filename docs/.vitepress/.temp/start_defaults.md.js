import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Important defaults","description":"","frontmatter":{},"headers":[],"relativePath":"start/defaults.md","filePath":"start/defaults.md"}');
const _sfc_main = { name: "start/defaults.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="important-defaults" tabindex="-1">Important defaults <a class="header-anchor" href="#important-defaults" aria-label="Permalink to &quot;Important defaults&quot;">​</a></h1><h2 id="readers" tabindex="-1">Readers <a class="header-anchor" href="#readers" aria-label="Permalink to &quot;Readers&quot;">​</a></h2><table tabindex="0"><thead><tr><th></th><th>default</th><th>change it by</th></tr></thead><tbody><tr><td>time-out until the headers, and of a silent body</td><td>none</td><td><code>connectTimeout</code>, <code>idleTimeout</code></td></tr><tr><td>reconnections of <code>fromEventSource</code></td><td>for GET and HEAD, without end</td><td><code>reconnect</code></td></tr><tr><td>delay before a reconnection</td><td>the server&#39;s <code>retry:</code>, or 3 s; doubled from the second failure in a row on, up to 30 s, with up to half of it added at random</td><td><code>reconnect: { delay, maxDelay, jitter }</code></td></tr><tr><td>statuses that reconnect</td><td>408, 425, 429, 500, 502, 503, 504, 520 to 524, 529, 530</td><td><code>reconnect: { statuses }</code></td></tr><tr><td>reconnections of <code>fromNdjsonFetch</code> and <code>fromChunkedFetch</code></td><td>none</td><td><a href="./../read/ndjson#retries"><code>retry</code></a></td></tr><tr><td>longest message or line</td><td>16 Mi characters</td><td><code>maxMessageLength</code>, <code>maxLineLength</code></td></tr><tr><td>a line that is not JSON</td><td>an error</td><td><code>onBadLine</code></td></tr><tr><td>a line that is not a field of an event stream</td><td>is ignored</td><td><code>onIgnored</code></td></tr><tr><td>projections at a time</td><td>1</td><td><code>concurrent</code></td></tr></tbody></table><h2 id="bodies-and-responses" tabindex="-1">Bodies and Responses <a class="header-anchor" href="#bodies-and-responses" aria-label="Permalink to &quot;Bodies and Responses&quot;">​</a></h2><table tabindex="0"><thead><tr><th></th><th>default</th><th>change it by</th></tr></thead><tbody><tr><td>buffer of a client that does not read</td><td>8 MiB</td><td><code>maxBufferedBytes</code></td></tr><tr><td>beyond it</td><td>the client is cut off</td><td><code>overflow</code></td></tr><tr><td>time that anything may wait for a client</td><td>30 s</td><td><code>stallTimeout</code></td></tr><tr><td>comment after silence</td><td>5 s</td><td><code>heartbeat</code></td></tr><tr><td>text of a failure that clients see</td><td><code>&#39;Internal error&#39;</code></td><td><code>mapError</code></td></tr><tr><td>log of a feed</td><td>the newest 1 000 messages, 64 MiB</td><td><code>bufferSize</code>, <code>bufferBytes</code></td></tr><tr><td>a source without clients goes on for</td><td>60 s</td><td><code>resetOnRefCountZero</code></td></tr><tr><td>an answer is kept after its end for</td><td>5 min</td><td><code>memoryLogs({ ttl })</code></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("start/defaults.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const defaults = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  defaults as default
};
