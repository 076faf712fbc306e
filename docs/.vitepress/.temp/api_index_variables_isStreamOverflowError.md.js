import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: isStreamOverflowError","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/variables/isStreamOverflowError.md","filePath":"api/index/variables/isStreamOverflowError.md"}');
const _sfc_main = { name: "api/index/variables/isStreamOverflowError.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="variable-isstreamoverflowerror" tabindex="-1">Variable: isStreamOverflowError <a class="header-anchor" href="#variable-isstreamoverflowerror" aria-label="Permalink to &quot;Variable: isStreamOverflowError&quot;">​</a></h1><blockquote><p><code>const</code> <strong>isStreamOverflowError</strong>: (<code>error</code>) =&gt; <code>error is StreamOverflowError</code></p></blockquote><p>Whether a value is a <a href="./../classes/StreamOverflowError">StreamOverflowError</a>, of any copy of this library.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="error" tabindex="-1">error <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error&quot;">​</a></h3><p><code>unknown</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>error is StreamOverflowError</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/variables/isStreamOverflowError.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const isStreamOverflowError = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  isStreamOverflowError as default
};
