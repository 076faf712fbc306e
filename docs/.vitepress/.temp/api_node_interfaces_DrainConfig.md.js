import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: DrainConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/node/interfaces/DrainConfig.md","filePath":"api/node/interfaces/DrainConfig.md"}');
const _sfc_main = { name: "api/node/interfaces/DrainConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-drainconfig" tabindex="-1">Interface: DrainConfig <a class="header-anchor" href="#interface-drainconfig" aria-label="Permalink to &quot;Interface: DrainConfig&quot;">​</a></h1><p>Options of <a href="./../functions/drainOn">drainOn</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="retryafter" tabindex="-1">retryAfter? <a class="header-anchor" href="#retryafter" aria-label="Permalink to &quot;retryAfter?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>retryAfter?</strong>: <code>number</code></p></blockquote><p>The <code>Retry-After</code> of the responses to requests that are refused, in seconds (RFC 9110 §10.2.3).</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>1</code></p><hr><h3 id="within" tabindex="-1">within? <a class="header-anchor" href="#within" aria-label="Permalink to &quot;within?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>within?</strong>: <code>number</code></p></blockquote><p>Time over which event streams are cut off, and within which other responses have to end, in milliseconds. A supervisor that kills the process after a time-out needs a longer one.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>3_000</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/node/interfaces/DrainConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const DrainConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  DrainConfig as default
};
