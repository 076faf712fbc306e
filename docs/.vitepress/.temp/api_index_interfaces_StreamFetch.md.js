import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StreamFetch()","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/StreamFetch.md","filePath":"api/index/interfaces/StreamFetch.md"}');
const _sfc_main = { name: "api/index/interfaces/StreamFetch.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-streamfetch" tabindex="-1">Interface: StreamFetch() <a class="header-anchor" href="#interface-streamfetch" aria-label="Permalink to &quot;Interface: StreamFetch()&quot;">​</a></h1><p>The function that sends a request. Unsubscribing aborts <code>init.signal</code>.</p><blockquote><p><strong>StreamFetch</strong>(<code>input</code>, <code>init</code>): <code>ObservableInput</code>&lt;<a href="./StreamResponse"><code>StreamResponse</code></a>&gt;</p></blockquote><p>The function that sends a request. Unsubscribing aborts <code>init.signal</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="input" tabindex="-1">input <a class="header-anchor" href="#input" aria-label="Permalink to &quot;input&quot;">​</a></h3><p><code>string</code> | <code>URL</code> | <code>Request</code></p><h3 id="init" tabindex="-1">init <a class="header-anchor" href="#init" aria-label="Permalink to &quot;init&quot;">​</a></h3><p><code>RequestInit</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>ObservableInput</code>&lt;<a href="./StreamResponse"><code>StreamResponse</code></a>&gt;</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="scheduler" tabindex="-1">scheduler? <a class="header-anchor" href="#scheduler" aria-label="Permalink to &quot;scheduler?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>scheduler?</strong>: <code>SchedulerLike</code></p></blockquote><p>Runs the time-outs and the reconnection delays of the streams that use this <code>fetch</code>.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>asyncScheduler</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/StreamFetch.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StreamFetch = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StreamFetch as default
};
