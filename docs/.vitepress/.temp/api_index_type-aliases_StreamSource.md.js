import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: StreamSource<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/StreamSource.md","filePath":"api/index/type-aliases/StreamSource.md"}');
const _sfc_main = { name: "api/index/type-aliases/StreamSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-streamsource-t" tabindex="-1">Type Alias: StreamSource&lt;T&gt; <a class="header-anchor" href="#type-alias-streamsource-t" aria-label="Permalink to &quot;Type Alias: StreamSource\\&lt;T\\&gt;&quot;">​</a></h1><blockquote><p><strong>StreamSource</strong>&lt;<code>T</code>&gt; = <code>ObservableInput</code>&lt;<code>T</code>&gt; | <a href="./../interfaces/NativeObservable"><code>NativeObservable</code></a>&lt;<code>T</code>&gt;</p></blockquote><p>A source of values: an <code>ObservableInput</code> of RxJS, or an Observable of the platform.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/StreamSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StreamSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StreamSource as default
};
