import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SseMessageInit","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/SseMessageInit.md","filePath":"api/index/interfaces/SseMessageInit.md"}');
const _sfc_main = { name: "api/index/interfaces/SseMessageInit.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-ssemessageinit" tabindex="-1">Interface: SseMessageInit <a class="header-anchor" href="#interface-ssemessageinit" aria-label="Permalink to &quot;Interface: SseMessageInit&quot;">​</a></h1><p>A message to send in an event stream.</p><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="./SseMessage">SseMessage</a> for a message that was received.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="comment" tabindex="-1">comment? <a class="header-anchor" href="#comment" aria-label="Permalink to &quot;comment?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>comment?</strong>: <code>string</code></p></blockquote><p>Text that clients ignore, for people who read the response.</p><hr><h3 id="data" tabindex="-1">data? <a class="header-anchor" href="#data" aria-label="Permalink to &quot;data?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>data?</strong>: <code>unknown</code></p></blockquote><p>The data of the message. A string is sent as it is, one field for each of its lines. Any other value is sent as JSON. A message with a <code>type</code> and without <code>data</code> is sent with empty data. Clients ignore a message that has neither (WHATWG HTML §9.2.6).</p><hr><h3 id="id" tabindex="-1">id? <a class="header-anchor" href="#id" aria-label="Permalink to &quot;id?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>id?</strong>: <code>string</code></p></blockquote><p>The last event ID, which a client sends back when it reconnects.</p><hr><h3 id="retry" tabindex="-1">retry? <a class="header-anchor" href="#retry" aria-label="Permalink to &quot;retry?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>retry?</strong>: <code>number</code></p></blockquote><p>Time that a client waits before it reconnects, in milliseconds.</p><hr><h3 id="type" tabindex="-1">type? <a class="header-anchor" href="#type" aria-label="Permalink to &quot;type?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>type?</strong>: <code>string</code></p></blockquote><p>The name of the event that clients dispatch.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>&#39;message&#39;</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/SseMessageInit.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SseMessageInit = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SseMessageInit as default
};
