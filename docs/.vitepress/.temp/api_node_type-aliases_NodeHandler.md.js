import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NodeHandler","description":"","frontmatter":{},"headers":[],"relativePath":"api/node/type-aliases/NodeHandler.md","filePath":"api/node/type-aliases/NodeHandler.md"}');
const _sfc_main = { name: "api/node/type-aliases/NodeHandler.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-nodehandler" tabindex="-1">Type Alias: NodeHandler <a class="header-anchor" href="#type-alias-nodehandler" aria-label="Permalink to &quot;Type Alias: NodeHandler&quot;">​</a></h1><blockquote><p><strong>NodeHandler</strong> = (<code>req</code>, <code>res</code>, <code>next?</code>) =&gt; <code>void</code></p></blockquote><p>Request listener of Node&#39;s servers, which is also a handler of Express and Connect.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="req" tabindex="-1">req <a class="header-anchor" href="#req" aria-label="Permalink to &quot;req&quot;">​</a></h3><p><a href="./NodeRequest"><code>NodeRequest</code></a></p><h3 id="res" tabindex="-1">res <a class="header-anchor" href="#res" aria-label="Permalink to &quot;res&quot;">​</a></h3><p><a href="./NodeResponse"><code>NodeResponse</code></a></p><h3 id="next" tabindex="-1">next? <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next?&quot;">​</a></h3><p>(<code>error?</code>) =&gt; <code>void</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>void</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/node/type-aliases/NodeHandler.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NodeHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NodeHandler as default
};
