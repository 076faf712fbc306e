import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: StreamInput","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/StreamInput.md","filePath":"api/index/type-aliases/StreamInput.md"}');
const _sfc_main = { name: "api/index/type-aliases/StreamInput.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-streaminput" tabindex="-1">Type Alias: StreamInput <a class="header-anchor" href="#type-alias-streaminput" aria-label="Permalink to &quot;Type Alias: StreamInput&quot;">​</a></h1><blockquote><p><strong>StreamInput</strong> = <code>string</code> | <code>URL</code> | <code>Request</code> | ((<code>attempt</code>) =&gt; <code>ObservableInput</code>&lt;<code>string</code> | <code>URL</code> | <code>Request</code>&gt;)</p></blockquote><p>The URL or <code>Request</code> to send. A function is called before each request, because a signed URL may have expired. The signal of a <code>Request</code> that the function returns has no effect, because the subscription outlives the request.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/StreamInput.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StreamInput = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StreamInput as default
};
