import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: TypedMessage<P>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/TypedMessage.md","filePath":"api/index/type-aliases/TypedMessage.md"}');
const _sfc_main = { name: "api/index/type-aliases/TypedMessage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-typedmessage-p" tabindex="-1">Type Alias: TypedMessage&lt;P&gt; <a class="header-anchor" href="#type-alias-typedmessage-p" aria-label="Permalink to &quot;Type Alias: TypedMessage\\&lt;P\\&gt;&quot;">​</a></h1><blockquote><p><strong>TypedMessage</strong>&lt;<code>P</code>&gt; = <code>{ [K in keyof P &amp; string]: { data: Parsed&lt;P[K]&gt;; id: string; type: K } }</code>[keyof <code>P</code> &amp; <code>string</code>]</p></blockquote><p>A message whose <code>type</code> determines the type of its <code>data</code>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="p" tabindex="-1">P <a class="header-anchor" href="#p" aria-label="Permalink to &quot;P&quot;">​</a></h3><p><code>P</code> <em>extends</em> <a href="./MessageParsers"><code>MessageParsers</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/TypedMessage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const TypedMessage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  TypedMessage as default
};
