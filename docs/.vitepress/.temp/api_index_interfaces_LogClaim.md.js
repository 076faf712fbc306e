import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LogClaim<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/LogClaim.md","filePath":"api/index/interfaces/LogClaim.md"}');
const _sfc_main = { name: "api/index/interfaces/LogClaim.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-logclaim-t" tabindex="-1">Interface: LogClaim&lt;T&gt; <a class="header-anchor" href="#interface-logclaim-t" aria-label="Permalink to &quot;Interface: LogClaim\\&lt;T\\&gt;&quot;">​</a></h1><p>The answer to a claim on an id.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code> <em>extends</em> <a href="./SseMessageInit"><code>SseMessageInit</code></a> = <a href="./SseMessageInit"><code>SseMessageInit</code></a></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="log" tabindex="-1">log <a class="header-anchor" href="#log" aria-label="Permalink to &quot;log&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>log</strong>: <a href="./MessageLog"><code>MessageLog</code></a>&lt;<code>T</code>&gt;</p></blockquote><p>The log of the id. The caller that obtains the claim fills the log; all other callers only read it.</p><hr><h3 id="stopped" tabindex="-1">stopped? <a class="header-anchor" href="#stopped" aria-label="Permalink to &quot;stopped?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>stopped?</strong>: <code>Observable</code>&lt;<code>unknown</code>&gt;</p></blockquote><p>Set only for the caller that obtains the claim, which subscribes to it until the log has ended; an engine renews the lease of the claim during that time. Emits when <code>stop</code> is called with the id, in any process. Errors when the claim is lost, after which <code>append</code> of the log has to fail (fencing).</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/LogClaim.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LogClaim = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LogClaim as default
};
