import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: Overflow<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/Overflow.md","filePath":"api/index/type-aliases/Overflow.md"}');
const _sfc_main = { name: "api/index/type-aliases/Overflow.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-overflow-t" tabindex="-1">Type Alias: Overflow&lt;T&gt; <a class="header-anchor" href="#type-alias-overflow-t" aria-label="Permalink to &quot;Type Alias: Overflow\\&lt;T\\&gt;&quot;">​</a></h1><blockquote><p><strong>Overflow</strong>&lt;<code>T</code>&gt; = <code>&quot;error&quot;</code> | <code>&quot;drop-oldest&quot;</code> | <code>&quot;drop-newest&quot;</code> | ((<code>queued</code>, <code>next</code>) =&gt; readonly <code>T</code>[])</p></blockquote><p>Strategy for a client whose buffered values exceed <code>maxBufferedBytes</code>.</p><ul><li><code>&#39;error&#39;</code> cuts the client off.</li><li><code>&#39;drop-oldest&#39;</code> and <code>&#39;drop-newest&#39;</code> drop buffered values.</li><li>A function receives the buffered values and the newest one, and returns those to keep. If they still exceed the limit, the body cuts the client off.</li></ul><p>The body calls the function for every value beyond the limit, and the function usually reads all that is buffered. With a function each value counts as at least a 4 096th of <code>maxBufferedBytes</code>, so no more than 4 096 are buffered.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/Overflow.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const Overflow = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  Overflow as default
};
