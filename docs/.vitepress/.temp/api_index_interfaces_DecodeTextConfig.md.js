import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: DecodeTextConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/DecodeTextConfig.md","filePath":"api/index/interfaces/DecodeTextConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/DecodeTextConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-decodetextconfig" tabindex="-1">Interface: DecodeTextConfig <a class="header-anchor" href="#interface-decodetextconfig" aria-label="Permalink to &quot;Interface: DecodeTextConfig&quot;">​</a></h1><p>Options of <a href="./../functions/decodeText">decodeText</a>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./ChunkedFetchInit"><code>ChunkedFetchInit</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="encoding" tabindex="-1">encoding? <a class="header-anchor" href="#encoding" aria-label="Permalink to &quot;encoding?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>encoding?</strong>: <code>string</code></p></blockquote><p>A label of the WHATWG Encoding standard (§4.2), such as <code>&#39;windows-1252&#39;</code>.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>&#39;utf-8&#39;</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/DecodeTextConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const DecodeTextConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  DecodeTextConfig as default
};
