import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ProjectInit<V, R>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/ProjectInit.md","filePath":"api/index/interfaces/ProjectInit.md"}');
const _sfc_main = { name: "api/index/interfaces/ProjectInit.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-projectinit-v-r" tabindex="-1">Interface: ProjectInit&lt;V, R&gt; <a class="header-anchor" href="#interface-projectinit-v-r" aria-label="Permalink to &quot;Interface: ProjectInit\\&lt;V, R\\&gt;&quot;">​</a></h1><p>Options of a projection with back-pressure.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="v" tabindex="-1">V <a class="header-anchor" href="#v" aria-label="Permalink to &quot;V&quot;">​</a></h3><p><code>V</code></p><h3 id="r" tabindex="-1">R <a class="header-anchor" href="#r" aria-label="Permalink to &quot;R&quot;">​</a></h3><p><code>R</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="concurrent" tabindex="-1">concurrent? <a class="header-anchor" href="#concurrent" aria-label="Permalink to &quot;concurrent?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>concurrent?</strong>: <code>number</code></p></blockquote><p>Maximum number of projections that run at the same time.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>1</code></p><hr><h3 id="project" tabindex="-1">project <a class="header-anchor" href="#project" aria-label="Permalink to &quot;project&quot;">​</a></h3><blockquote><p><strong>project</strong>: (<code>value</code>, <code>index</code>) =&gt; <code>ObservableInput</code>&lt;<code>R</code>&gt;</p></blockquote><p>Maps each value to its results, as in <code>mergeMap</code>. The reader reads the next chunk only when another projection may start. Meanwhile the connection&#39;s buffers fill up, and TCP makes the server wait.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="value" tabindex="-1">value <a class="header-anchor" href="#value" aria-label="Permalink to &quot;value&quot;">​</a></h5><p><code>V</code></p><h5 id="index" tabindex="-1">index <a class="header-anchor" href="#index" aria-label="Permalink to &quot;index&quot;">​</a></h5><p><code>number</code></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>ObservableInput</code>&lt;<code>R</code>&gt;</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/ProjectInit.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ProjectInit = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ProjectInit as default
};
