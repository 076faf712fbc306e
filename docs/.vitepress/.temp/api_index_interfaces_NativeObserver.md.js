import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: NativeObserver<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/NativeObserver.md","filePath":"api/index/interfaces/NativeObserver.md"}');
const _sfc_main = { name: "api/index/interfaces/NativeObserver.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-nativeobserver-t" tabindex="-1">Interface: NativeObserver&lt;T&gt; <a class="header-anchor" href="#interface-nativeobserver-t" aria-label="Permalink to &quot;Interface: NativeObserver\\&lt;T\\&gt;&quot;">​</a></h1><p>An observer of a native Observable.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="complete" tabindex="-1">complete? <a class="header-anchor" href="#complete" aria-label="Permalink to &quot;complete?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>complete?</strong>: () =&gt; <code>void</code></p></blockquote><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>void</code></p><hr><h3 id="error" tabindex="-1">error? <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>error?</strong>: (<code>error</code>) =&gt; <code>void</code></p></blockquote><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="error-1" tabindex="-1">error <a class="header-anchor" href="#error-1" aria-label="Permalink to &quot;error&quot;">​</a></h5><p><code>unknown</code></p><h4 id="returns-1" tabindex="-1">Returns <a class="header-anchor" href="#returns-1" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>void</code></p><hr><h3 id="next" tabindex="-1">next? <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>next?</strong>: (<code>value</code>) =&gt; <code>void</code></p></blockquote><h4 id="parameters-1" tabindex="-1">Parameters <a class="header-anchor" href="#parameters-1" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="value" tabindex="-1">value <a class="header-anchor" href="#value" aria-label="Permalink to &quot;value&quot;">​</a></h5><p><code>T</code></p><h4 id="returns-2" tabindex="-1">Returns <a class="header-anchor" href="#returns-2" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>void</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/NativeObserver.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NativeObserver = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NativeObserver as default
};
