import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: BodyResponseInit","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/BodyResponseInit.md","filePath":"api/index/interfaces/BodyResponseInit.md"}');
const _sfc_main = { name: "api/index/interfaces/BodyResponseInit.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-bodyresponseinit" tabindex="-1">Interface: BodyResponseInit <a class="header-anchor" href="#interface-bodyresponseinit" aria-label="Permalink to &quot;Interface: BodyResponseInit&quot;">​</a></h1><p>Options of every response, besides those of its body.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./ChunkedResponseInit"><code>ChunkedResponseInit</code></a></li><li><a href="./NdjsonResponseInit"><code>NdjsonResponseInit</code></a></li><li><a href="./SseResponseInit"><code>SseResponseInit</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="awaitfirst" tabindex="-1">awaitFirst? <a class="header-anchor" href="#awaitfirst" aria-label="Permalink to &quot;awaitFirst?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>awaitFirst?</strong>: <code>boolean</code></p></blockquote><p>Whether to return a promise of the response, which settles when the source has emitted its first value or completed.</p><ul><li>A source that fails before its first value becomes an error response. Its status is the <code>status</code> of the error if that is from 400 to 599, else 500. Its body is the text that <code>mapError</code> returns.</li><li>A feed that had failed before the client connected becomes a 410.</li><li>A feed that has ended and has nothing for the client becomes a 204 without a body, so that <code>EventSource</code> does not reconnect.</li></ul><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>false</code></p><hr><h3 id="headers" tabindex="-1">headers? <a class="header-anchor" href="#headers" aria-label="Permalink to &quot;headers?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>headers?</strong>: [<code>string</code>, <code>string</code>][] | <code>Record</code>&lt;<code>string</code>, <code>string</code>&gt; | <code>Headers</code></p></blockquote><p>Headers of the response. They override those of the format.</p><hr><h3 id="status" tabindex="-1">status? <a class="header-anchor" href="#status" aria-label="Permalink to &quot;status?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>status?</strong>: <code>number</code></p></blockquote><hr><h3 id="statustext" tabindex="-1">statusText? <a class="header-anchor" href="#statustext" aria-label="Permalink to &quot;statusText?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>statusText?</strong>: <code>string</code></p></blockquote></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/BodyResponseInit.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const BodyResponseInit = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  BodyResponseInit as default
};
