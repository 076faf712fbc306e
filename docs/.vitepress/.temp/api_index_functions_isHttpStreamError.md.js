import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: isHttpStreamError()","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/functions/isHttpStreamError.md","filePath":"api/index/functions/isHttpStreamError.md"}');
const _sfc_main = { name: "api/index/functions/isHttpStreamError.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="function-ishttpstreamerror" tabindex="-1">Function: isHttpStreamError() <a class="header-anchor" href="#function-ishttpstreamerror" aria-label="Permalink to &quot;Function: isHttpStreamError()&quot;">​</a></h1><blockquote><p><strong>isHttpStreamError</strong>(<code>error</code>): error is StreamParseError | StreamValidationError | ContentTypeError | HttpStatusError | StreamGapError | StreamLimitError | StreamNetworkError | StreamOverflowError | StreamServerError | StreamTimeoutError | StreamTruncatedError</p></blockquote><p>Whether a value is an error of this library, of any copy. The compiler then narrows the error by its <code>name</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="error" tabindex="-1">error <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error&quot;">​</a></h3><p><code>unknown</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p>error is StreamParseError | StreamValidationError | ContentTypeError | HttpStatusError | StreamGapError | StreamLimitError | StreamNetworkError | StreamOverflowError | StreamServerError | StreamTimeoutError | StreamTruncatedError</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/functions/isHttpStreamError.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const isHttpStreamError = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  isHttpStreamError as default
};
