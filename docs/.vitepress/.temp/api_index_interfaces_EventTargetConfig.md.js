import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: EventTargetConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/EventTargetConfig.md","filePath":"api/index/interfaces/EventTargetConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/EventTargetConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-eventtargetconfig" tabindex="-1">Interface: EventTargetConfig <a class="header-anchor" href="#interface-eventtargetconfig" aria-label="Permalink to &quot;Interface: EventTargetConfig&quot;">​</a></h1><p>Options of <a href="./../functions/toEventTarget">toEventTarget</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="signal" tabindex="-1">signal? <a class="header-anchor" href="#signal" aria-label="Permalink to &quot;signal?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>signal?</strong>: <code>AbortSignal</code></p></blockquote><p>Unsubscribes from the source when it aborts.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/EventTargetConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const EventTargetConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  EventTargetConfig as default
};
