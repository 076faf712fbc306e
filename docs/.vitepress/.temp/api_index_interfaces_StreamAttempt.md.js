import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StreamAttempt","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/StreamAttempt.md","filePath":"api/index/interfaces/StreamAttempt.md"}');
const _sfc_main = { name: "api/index/interfaces/StreamAttempt.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-streamattempt" tabindex="-1">Interface: StreamAttempt <a class="header-anchor" href="#interface-streamattempt" aria-label="Permalink to &quot;Interface: StreamAttempt&quot;">​</a></h1><p>One request of a subscription.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="attempt" tabindex="-1">attempt <a class="header-anchor" href="#attempt" aria-label="Permalink to &quot;attempt&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>attempt</strong>: <code>number</code></p></blockquote><p>The number of the request, counted from 1 over the whole subscription.</p><hr><h3 id="error" tabindex="-1">error <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>error</strong>: <code>unknown</code></p></blockquote><p>The error that ended the previous connection. Unset for the first request and after a clean end.</p><hr><h3 id="lasteventid" tabindex="-1">lastEventId <a class="header-anchor" href="#lasteventid" aria-label="Permalink to &quot;lastEventId&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>lastEventId</strong>: <code>string</code></p></blockquote><p>The last event ID in force. Empty if there is none, and for formats that have none.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/StreamAttempt.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StreamAttempt = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StreamAttempt as default
};
