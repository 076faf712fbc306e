import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: EndOnConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/EndOnConfig.md","filePath":"api/index/interfaces/EndOnConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/EndOnConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-endonconfig" tabindex="-1">Interface: EndOnConfig <a class="header-anchor" href="#interface-endonconfig" aria-label="Permalink to &quot;Interface: EndOnConfig&quot;">​</a></h1><p>Options of <a href="./../functions/endOn">endOn</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="inclusive" tabindex="-1">inclusive? <a class="header-anchor" href="#inclusive" aria-label="Permalink to &quot;inclusive?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>inclusive?</strong>: <code>boolean</code></p></blockquote><p>Whether the marker is emitted before the stream completes, as in <code>takeWhile</code>. Set it for markers that carry data.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>false</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/EndOnConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const EndOnConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  EndOnConfig as default
};
