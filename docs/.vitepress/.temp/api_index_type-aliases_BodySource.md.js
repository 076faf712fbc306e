import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: BodySource<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/BodySource.md","filePath":"api/index/type-aliases/BodySource.md"}');
const _sfc_main = { name: "api/index/type-aliases/BodySource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-bodysource-t" tabindex="-1">Type Alias: BodySource&lt;T&gt; <a class="header-anchor" href="#type-alias-bodysource-t" aria-label="Permalink to &quot;Type Alias: BodySource\\&lt;T\\&gt;&quot;">​</a></h1><blockquote><p><strong>BodySource</strong>&lt;<code>T</code>&gt; = <a href="./StreamSource"><code>StreamSource</code></a>&lt;<code>T</code>&gt; | ((<code>lastEventId</code>) =&gt; <a href="./StreamSource"><code>StreamSource</code></a>&lt;<code>T</code>&gt;)</p></blockquote><p>Source of the values of a body.</p><ul><li>An Observable is subscribed, and its values are buffered while the client is slow.</li><li>An iterable, an async iterable or a ReadableStream is pulled, as fast as the client reads.</li><li>A reader (<code>fromNdjsonFetch</code>, <code>fromEventSource</code>, <code>fromChunkedFetch</code>) without an operator behind it is pulled, too, so put a filter into its <code>project</code>. The body does not cut off a slow client then, except where <code>project</code> emits values later by itself and they exceed <code>maxBufferedBytes</code>.</li><li>A function is called when the body is first read, and returns one of these. It receives the event ID after which the client wants to continue: the header <code>Last-Event-ID</code>, else the query parameter <code>lastEventId</code>.</li></ul><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/BodySource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const BodySource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  BodySource as default
};
