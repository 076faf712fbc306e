import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Do I need it?","description":"","frontmatter":{},"headers":[],"relativePath":"start/overview.md","filePath":"start/overview.md"}');
const _sfc_main = { name: "start/overview.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="do-i-need-it" tabindex="-1">Do I need it? <a class="header-anchor" href="#do-i-need-it" aria-label="Permalink to &quot;Do I need it?&quot;">​</a></h1><table tabindex="0"><thead><tr><th>You want to</th><th>Then</th></tr></thead><tbody><tr><td>read one small JSON answer</td><td>use <code>fetch</code> or <code>HttpClient</code>; this library adds nothing</td></tr><tr><td>read a public feed by GET, in a browser, without headers</td><td><code>EventSource</code> may do; it hides errors and cuts, and cannot be tested with marbles</td></tr><tr><td>read an answer of a language model, by POST</td><td><a href="./../read/chat"><code>fromEventSource</code></a> with <code>endOn(&#39;[DONE]&#39;)</code>: an answer that was cut off is an error, and Stop aborts the request</td></tr><tr><td>read rows as they arrive, more than fit in memory</td><td><a href="./../read/ndjson"><code>fromNdjsonFetch</code></a> with <code>project</code>: the server waits for you</td></tr><tr><td>serve one feed to many clients</td><td><a href="./../serve/feeds"><code>resumable</code> and <code>toSseResponse</code></a>: encoded once, each client resumes exactly</td></tr><tr><td>serve an answer that survives a reload</td><td><a href="./../serve/durable-answers"><code>durable</code></a></td></tr><tr><td>send and receive at any time, on one connection</td><td>WebSockets: this library has one direction for each request</td></tr></tbody></table><h2 id="what-it-promises" tabindex="-1">What it promises <a class="header-anchor" href="#what-it-promises" aria-label="Permalink to &quot;What it promises&quot;">​</a></h2><ul><li><strong>Cold.</strong> Subscribing sends the request, and unsubscribing aborts it: before the response, in mid-body, and while a reader waits to reconnect.</li><li><strong><code>complete</code> means complete.</strong> A stream that was cut, a time-out and a refusal are typed errors. All values that arrived before are delivered first.</li><li><strong>Nothing twice.</strong> A feed continues after the last message it dispatched. A POST is sent once.</li><li><strong>Bounded memory.</strong> A slow consumer holds the network back; a slow client has a buffer with a limit.</li><li><strong>Testable.</strong> Everything that depends on time uses RxJS&#39;s schedulers, so that <code>TestScheduler.run</code> governs it.</li><li><strong>Small.</strong> No dependency but <code>rxjs</code>; a bundle has what is imported, and nothing runs at import.</li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("start/overview.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const overview = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  overview as default
};
