import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StreamResponse","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/StreamResponse.md","filePath":"api/index/interfaces/StreamResponse.md"}');
const _sfc_main = { name: "api/index/interfaces/StreamResponse.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-streamresponse" tabindex="-1">Interface: StreamResponse <a class="header-anchor" href="#interface-streamresponse" aria-label="Permalink to &quot;Interface: StreamResponse&quot;">​</a></h1><p>The part of <code>Response</code> that the readers use. An object of a marble test has to provide only these members.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="body" tabindex="-1">body <a class="header-anchor" href="#body" aria-label="Permalink to &quot;body&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>body</strong>: <code>ObservableInput</code>&lt;<code>string</code> | <code>Uint8Array</code>&lt;<code>ArrayBufferLike</code>&gt;&gt; | <code>ReadableStream</code>&lt;<code>Uint8Array</code>&lt;<code>ArrayBufferLike</code>&gt;&gt; | <code>null</code></p></blockquote><p>The chunks of the body, as bytes or text. A stream of the platform, a <code>Readable</code> of Node or any iterable has back-pressure: it is read only as fast as its values are consumed. An Observable has no back-pressure: up to 16 MiB of its chunks are buffered.</p><hr><h3 id="headers" tabindex="-1">headers <a class="header-anchor" href="#headers" aria-label="Permalink to &quot;headers&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>headers</strong>: <code>Headers</code></p></blockquote><hr><h3 id="ok" tabindex="-1">ok <a class="header-anchor" href="#ok" aria-label="Permalink to &quot;ok&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>ok</strong>: <code>boolean</code></p></blockquote><hr><h3 id="status" tabindex="-1">status <a class="header-anchor" href="#status" aria-label="Permalink to &quot;status&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>status</strong>: <code>number</code></p></blockquote><hr><h3 id="statustext" tabindex="-1">statusText <a class="header-anchor" href="#statustext" aria-label="Permalink to &quot;statusText&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>statusText</strong>: <code>string</code></p></blockquote><hr><h3 id="url" tabindex="-1">url <a class="header-anchor" href="#url" aria-label="Permalink to &quot;url&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>url</strong>: <code>string</code></p></blockquote></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/StreamResponse.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StreamResponse = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StreamResponse as default
};
