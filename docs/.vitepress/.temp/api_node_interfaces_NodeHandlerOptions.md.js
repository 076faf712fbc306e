import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: NodeHandlerOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/node/interfaces/NodeHandlerOptions.md","filePath":"api/node/interfaces/NodeHandlerOptions.md"}');
const _sfc_main = { name: "api/node/interfaces/NodeHandlerOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-nodehandleroptions" tabindex="-1">Interface: NodeHandlerOptions <a class="header-anchor" href="#interface-nodehandleroptions" aria-label="Permalink to &quot;Interface: NodeHandlerOptions&quot;">​</a></h1><p>Options of <a href="./../functions/nodeHandler">nodeHandler</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="onerror" tabindex="-1">onError? <a class="header-anchor" href="#onerror" aria-label="Permalink to &quot;onError?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>onError?</strong>: (<code>error</code>, <code>req</code>) =&gt; <code>void</code></p></blockquote><p>Receives the error that the handler threw or rejected with, and any other failure to answer a request. If omitted, the failure goes to <code>next</code> (Express), or without that to RxJS&#39;s <code>config.onUnhandledError</code>, if it is set.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="error" tabindex="-1">error <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error&quot;">​</a></h5><p><code>unknown</code></p><h5 id="req" tabindex="-1">req <a class="header-anchor" href="#req" aria-label="Permalink to &quot;req&quot;">​</a></h5><p><a href="./../type-aliases/NodeRequest"><code>NodeRequest</code></a></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>void</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/node/interfaces/NodeHandlerOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NodeHandlerOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NodeHandlerOptions as default
};
