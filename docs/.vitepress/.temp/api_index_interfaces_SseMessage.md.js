import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SseMessage","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/SseMessage.md","filePath":"api/index/interfaces/SseMessage.md"}');
const _sfc_main = { name: "api/index/interfaces/SseMessage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-ssemessage" tabindex="-1">Interface: SseMessage <a class="header-anchor" href="#interface-ssemessage" aria-label="Permalink to &quot;Interface: SseMessage&quot;">​</a></h1><p>A message of an event stream (WHATWG HTML §9.2.6).</p><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="./SseMessageInit">SseMessageInit</a> for a message to send.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="data" tabindex="-1">data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>data</strong>: <code>string</code></p></blockquote><p>The values of the <code>data</code> fields, joined by line feeds.</p><hr><h3 id="id" tabindex="-1">id <a class="header-anchor" href="#id" aria-label="Permalink to &quot;id&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>id</strong>: <code>string</code></p></blockquote><p>The last event ID: the message&#39;s own, or that of an earlier message. It is empty before the first ID.</p><hr><h3 id="type" tabindex="-1">type <a class="header-anchor" href="#type" aria-label="Permalink to &quot;type&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>type</strong>: <code>string</code></p></blockquote><p>The value of the <code>event</code> field, or <code>&#39;message&#39;</code> if the message has none.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/SseMessage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SseMessage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SseMessage as default
};
