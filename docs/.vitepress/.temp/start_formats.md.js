import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Which format","description":"","frontmatter":{},"headers":[],"relativePath":"start/formats.md","filePath":"start/formats.md"}');
const _sfc_main = { name: "start/formats.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="which-format" tabindex="-1">Which format <a class="header-anchor" href="#which-format" aria-label="Permalink to &quot;Which format&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>Server-Sent Events</th><th>NDJSON</th><th>text</th><th>WebSocket</th></tr></thead><tbody><tr><td>direction</td><td>server to client</td><td>either, one for each request</td><td>either</td><td>both</td></tr><tr><td>continues after a cut</td><td>by event ids, built in</td><td>by a cursor of your own</td><td>–</td><td>by a protocol of your own</td></tr><tr><td>values</td><td>text, with a type and an id</td><td>JSON</td><td>text or bytes</td><td>text or bytes</td></tr><tr><td>read by a browser alone</td><td><code>EventSource</code></td><td>–</td><td>–</td><td><code>WebSocket</code></td></tr><tr><td>proxies and HTTP/2</td><td>plain HTTP</td><td>plain HTTP</td><td>plain HTTP</td><td>an upgrade</td></tr><tr><td>says how it ended</td><td><code>toSseResponse</code> does, in a comment</td><td>with <code>terminal: &#39;notification&#39;</code></td><td>–</td><td>a code</td></tr><tr><td>in this library</td><td><a href="./../read/server-sent-events"><code>fromEventSource</code></a>, <a href="./../serve/first-endpoint"><code>toSseResponse</code></a></td><td><a href="./../read/ndjson"><code>fromNdjsonFetch</code></a>, <code>toNdjsonResponse</code></td><td><code>fromChunkedFetch</code>, <code>toChunkedResponse</code></td><td>RxJS&#39;s <code>webSocket</code></td></tr></tbody></table><p>Use Server-Sent Events for feeds and for answers of models, NDJSON for rows, and text where a program shows text as it arrives.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("start/formats.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const formats = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  formats as default
};
