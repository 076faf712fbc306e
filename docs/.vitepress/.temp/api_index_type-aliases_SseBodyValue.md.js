import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: SseBodyValue","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/SseBodyValue.md","filePath":"api/index/type-aliases/SseBodyValue.md"}');
const _sfc_main = { name: "api/index/type-aliases/SseBodyValue.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-ssebodyvalue" tabindex="-1">Type Alias: SseBodyValue <a class="header-anchor" href="#type-alias-ssebodyvalue" aria-label="Permalink to &quot;Type Alias: SseBodyValue&quot;">​</a></h1><blockquote><p><strong>SseBodyValue</strong> = <a href="./../interfaces/SseMessageInit"><code>SseMessageInit</code></a> | <code>string</code> | <code>Uint8Array</code></p></blockquote><p>Value of an event stream: a message, the data of a message as a string, or blocks that are encoded already.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/SseBodyValue.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SseBodyValue = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SseBodyValue as default
};
