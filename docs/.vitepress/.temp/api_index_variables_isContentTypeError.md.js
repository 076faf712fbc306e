import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: isContentTypeError","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/variables/isContentTypeError.md","filePath":"api/index/variables/isContentTypeError.md"}');
const _sfc_main = { name: "api/index/variables/isContentTypeError.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="variable-iscontenttypeerror" tabindex="-1">Variable: isContentTypeError <a class="header-anchor" href="#variable-iscontenttypeerror" aria-label="Permalink to &quot;Variable: isContentTypeError&quot;">​</a></h1><blockquote><p><code>const</code> <strong>isContentTypeError</strong>: (<code>error</code>) =&gt; <code>error is ContentTypeError</code></p></blockquote><p>Whether a value is a <a href="./../classes/ContentTypeError">ContentTypeError</a>, of any copy of this library.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="error" tabindex="-1">error <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error&quot;">​</a></h3><p><code>unknown</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>error is ContentTypeError</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/variables/isContentTypeError.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const isContentTypeError = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  isContentTypeError as default
};
