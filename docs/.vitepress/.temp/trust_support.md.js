import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Versions and support","description":"","frontmatter":{},"headers":[],"relativePath":"trust/support.md","filePath":"trust/support.md"}');
const _sfc_main = { name: "trust/support.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="versions-and-support" tabindex="-1">Versions and support <a class="header-anchor" href="#versions-and-support" aria-label="Permalink to &quot;Versions and support&quot;">​</a></h1><ul><li><strong>Versions</strong> follow Semantic Versioning. Until 1.0, a minor version may change the public API; the changelog says how to migrate. The public API is everything that the entries export, with the behaviour that the documentation describes.</li><li><strong>Fixes</strong>, those of vulnerabilities too, go into the latest version.</li><li><strong>Node</strong>: every version that its project maintains. A version that is no longer maintained is dropped in a minor version.</li><li><strong>RxJS</strong>: 7.5.5 and later 7. <strong>Angular</strong>: the three latest major versions, for <code>/angular</code> alone.</li><li><strong>TypeScript</strong>: 5.0 and later; <code>.ci/run</code> compiles an application with 5.0, 5.4, 5.9, 6 and 7.</li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("trust/support.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const support = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  support as default
};
