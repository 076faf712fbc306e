import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: NativeObservable<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/NativeObservable.md","filePath":"api/index/interfaces/NativeObservable.md"}');
const _sfc_main = { name: "api/index/interfaces/NativeObservable.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-nativeobservable-t" tabindex="-1">Interface: NativeObservable&lt;T&gt; <a class="header-anchor" href="#interface-nativeobservable-t" aria-label="Permalink to &quot;Interface: NativeObservable\\&lt;T\\&gt;&quot;">​</a></h1><p>The platform&#39;s own Observable (WICG Observable, section 2), as far as this library uses it. RxJS has no type for it.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="subscribe" tabindex="-1">subscribe <a class="header-anchor" href="#subscribe" aria-label="Permalink to &quot;subscribe&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>subscribe</strong>: (<code>observer?</code>, <code>options?</code>) =&gt; <code>void</code></p></blockquote><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="observer" tabindex="-1">observer? <a class="header-anchor" href="#observer" aria-label="Permalink to &quot;observer?&quot;">​</a></h5><p><a href="./NativeObserver"><code>NativeObserver</code></a>&lt;<code>T</code>&gt;</p><h5 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h5><h6 id="signal" tabindex="-1">signal? <a class="header-anchor" href="#signal" aria-label="Permalink to &quot;signal?&quot;">​</a></h6><p><code>AbortSignal</code></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>void</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/NativeObservable.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NativeObservable = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NativeObservable as default
};
