import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MessageParsers","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/MessageParsers.md","filePath":"api/index/type-aliases/MessageParsers.md"}');
const _sfc_main = { name: "api/index/type-aliases/MessageParsers.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-messageparsers" tabindex="-1">Type Alias: MessageParsers <a class="header-anchor" href="#type-alias-messageparsers" aria-label="Permalink to &quot;Type Alias: MessageParsers&quot;">​</a></h1><blockquote><p><strong>MessageParsers</strong> = <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <a href="./MessageParser"><code>MessageParser</code></a>&gt;&gt;</p></blockquote><p>A parser for each type of message.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/MessageParsers.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MessageParsers = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MessageParsers as default
};
