import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: ValidationIssue","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/ValidationIssue.md","filePath":"api/index/interfaces/ValidationIssue.md"}');
const _sfc_main = { name: "api/index/interfaces/ValidationIssue.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-validationissue" tabindex="-1">Interface: ValidationIssue <a class="header-anchor" href="#interface-validationissue" aria-label="Permalink to &quot;Interface: ValidationIssue&quot;">​</a></h1><p>A complaint of a schema about one place in a value (Standard Schema v1).</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="message" tabindex="-1">message <a class="header-anchor" href="#message" aria-label="Permalink to &quot;message&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>message</strong>: <code>string</code></p></blockquote><hr><h3 id="path" tabindex="-1">path? <a class="header-anchor" href="#path" aria-label="Permalink to &quot;path?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>path?</strong>: readonly (<code>PropertyKey</code> | { <code>key</code>: <code>PropertyKey</code>; })[]</p></blockquote></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/ValidationIssue.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const ValidationIssue = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  ValidationIssue as default
};
