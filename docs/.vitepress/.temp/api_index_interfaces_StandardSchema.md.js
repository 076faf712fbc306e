import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StandardSchema<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/StandardSchema.md","filePath":"api/index/interfaces/StandardSchema.md"}');
const _sfc_main = { name: "api/index/interfaces/StandardSchema.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-standardschema-t" tabindex="-1">Interface: StandardSchema&lt;T&gt; <a class="header-anchor" href="#interface-standardschema-t" aria-label="Permalink to &quot;Interface: StandardSchema\\&lt;T\\&gt;&quot;">​</a></h1><p>A Standard Schema v1, such as a schema of zod, valibot or arktype.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="standard" tabindex="-1">~standard <a class="header-anchor" href="#standard" aria-label="Permalink to &quot;~standard&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>~standard</strong>: <code>object</code></p></blockquote><h4 id="validate" tabindex="-1">validate <a class="header-anchor" href="#validate" aria-label="Permalink to &quot;validate&quot;">​</a></h4><blockquote><p><code>readonly</code> <strong>validate</strong>: (<code>value</code>) =&gt; <code>Validated</code>&lt;<code>T</code>&gt; | <code>PromiseLike</code>&lt;<code>Validated</code>&lt;<code>T</code>&gt;&gt;</p></blockquote><h5 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h5><h6 id="value" tabindex="-1">value <a class="header-anchor" href="#value" aria-label="Permalink to &quot;value&quot;">​</a></h6><p><code>unknown</code></p><h5 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h5><p><code>Validated</code>&lt;<code>T</code>&gt; | <code>PromiseLike</code>&lt;<code>Validated</code>&lt;<code>T</code>&gt;&gt;</p><h4 id="vendor" tabindex="-1">vendor <a class="header-anchor" href="#vendor" aria-label="Permalink to &quot;vendor&quot;">​</a></h4><blockquote><p><code>readonly</code> <strong>vendor</strong>: <code>string</code></p></blockquote><h4 id="version" tabindex="-1">version <a class="header-anchor" href="#version" aria-label="Permalink to &quot;version&quot;">​</a></h4><blockquote><p><code>readonly</code> <strong>version</strong>: <code>1</code></p></blockquote></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/StandardSchema.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StandardSchema = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StandardSchema as default
};
