import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LifecycleInit","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/LifecycleInit.md","filePath":"api/index/interfaces/LifecycleInit.md"}');
const _sfc_main = { name: "api/index/interfaces/LifecycleInit.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-lifecycleinit" tabindex="-1">Interface: LifecycleInit <a class="header-anchor" href="#interface-lifecycleinit" aria-label="Permalink to &quot;Interface: LifecycleInit&quot;">​</a></h1><p>Makes a reader emit the events of its lifecycle instead of its values alone.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="observe" tabindex="-1">observe <a class="header-anchor" href="#observe" aria-label="Permalink to &quot;observe&quot;">​</a></h3><blockquote><p><strong>observe</strong>: <code>&quot;lifecycle&quot;</code></p></blockquote></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/LifecycleInit.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LifecycleInit = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LifecycleInit as default
};
