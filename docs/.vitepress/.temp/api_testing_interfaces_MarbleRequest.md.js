import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MarbleRequest","description":"","frontmatter":{},"headers":[],"relativePath":"api/testing/interfaces/MarbleRequest.md","filePath":"api/testing/interfaces/MarbleRequest.md"}');
const _sfc_main = { name: "api/testing/interfaces/MarbleRequest.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-marblerequest" tabindex="-1">Interface: MarbleRequest <a class="header-anchor" href="#interface-marblerequest" aria-label="Permalink to &quot;Interface: MarbleRequest&quot;">​</a></h1><p>One request as the server received it.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="body" tabindex="-1">body <a class="header-anchor" href="#body" aria-label="Permalink to &quot;body&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>body</strong>: <code>BodyInit</code> | <code>null</code> | <code>undefined</code></p></blockquote><hr><h3 id="frame" tabindex="-1">frame <a class="header-anchor" href="#frame" aria-label="Permalink to &quot;frame&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>frame</strong>: <code>number</code></p></blockquote><p>Time of the request, in virtual milliseconds.</p><hr><h3 id="headers" tabindex="-1">headers <a class="header-anchor" href="#headers" aria-label="Permalink to &quot;headers&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>headers</strong>: <code>Headers</code></p></blockquote><hr><h3 id="method" tabindex="-1">method <a class="header-anchor" href="#method" aria-label="Permalink to &quot;method&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>method</strong>: <code>string</code></p></blockquote><hr><h3 id="signal" tabindex="-1">signal <a class="header-anchor" href="#signal" aria-label="Permalink to &quot;signal&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>signal</strong>: <code>AbortSignal</code></p></blockquote><p>Aborted once the client has disconnected.</p><hr><h3 id="subscriptions" tabindex="-1">subscriptions <a class="header-anchor" href="#subscriptions" aria-label="Permalink to &quot;subscriptions&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>subscriptions</strong>: <code>SubscriptionLog</code>[]</p></blockquote><p>Times at which the body was subscribed and unsubscribed, for <code>expectSubscriptions</code>. Empty while there is no body.</p><hr><h3 id="url" tabindex="-1">url <a class="header-anchor" href="#url" aria-label="Permalink to &quot;url&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>url</strong>: <code>string</code></p></blockquote></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/testing/interfaces/MarbleRequest.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MarbleRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MarbleRequest as default
};
