import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: EventTargetMessage","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/EventTargetMessage.md","filePath":"api/index/interfaces/EventTargetMessage.md"}');
const _sfc_main = { name: "api/index/interfaces/EventTargetMessage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-eventtargetmessage" tabindex="-1">Interface: EventTargetMessage <a class="header-anchor" href="#interface-eventtargetmessage" aria-label="Permalink to &quot;Interface: EventTargetMessage&quot;">​</a></h1><p>A value that becomes an event.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data? <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>data?</strong>: <code>unknown</code></p></blockquote><p>The event&#39;s <code>data</code>.</p><hr><h3 id="id" tabindex="-1">id? <a class="header-anchor" href="#id" aria-label="Permalink to &quot;id?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>id?</strong>: <code>string</code></p></blockquote><p>The event&#39;s <code>lastEventId</code>.</p><hr><h3 id="type" tabindex="-1">type <a class="header-anchor" href="#type" aria-label="Permalink to &quot;type&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>type</strong>: <code>string</code></p></blockquote><p>The name of the event.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/EventTargetMessage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const EventTargetMessage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  EventTargetMessage as default
};
