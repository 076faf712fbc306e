import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: ChunkedBodyOptions<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/ChunkedBodyOptions.md","filePath":"api/index/type-aliases/ChunkedBodyOptions.md"}');
const _sfc_main = { name: "api/index/type-aliases/ChunkedBodyOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-chunkedbodyoptions-t" tabindex="-1">Type Alias: ChunkedBodyOptions&lt;T&gt; <a class="header-anchor" href="#type-alias-chunkedbodyoptions-t" aria-label="Permalink to &quot;Type Alias: ChunkedBodyOptions\\&lt;T\\&gt;&quot;">​</a></h1><blockquote><p><strong>ChunkedBodyOptions</strong>&lt;<code>T</code>&gt; = <a href="./../interfaces/BodyOptions"><code>BodyOptions</code></a>&lt;<code>T</code>&gt;</p></blockquote><p>Options of <a href="./../functions/toChunkedBody">toChunkedBody</a>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code> <em>extends</em> <code>string</code> | <code>Uint8Array</code> = <code>string</code> | <code>Uint8Array</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/ChunkedBodyOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ChunkedBodyOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ChunkedBodyOptions as default
};
