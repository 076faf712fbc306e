import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NodeResponse","description":"","frontmatter":{},"headers":[],"relativePath":"api/node/type-aliases/NodeResponse.md","filePath":"api/node/type-aliases/NodeResponse.md"}');
const _sfc_main = { name: "api/node/type-aliases/NodeResponse.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-noderesponse" tabindex="-1">Type Alias: NodeResponse <a class="header-anchor" href="#type-alias-noderesponse" aria-label="Permalink to &quot;Type Alias: NodeResponse&quot;">​</a></h1><blockquote><p><strong>NodeResponse</strong> = <code>ServerResponse</code> | <code>Http2ServerResponse</code></p></blockquote><p>Response of <code>node:http</code>, or of the compatibility API of <code>node:http2</code>. Express and Nest use the same responses.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/node/type-aliases/NodeResponse.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NodeResponse = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NodeResponse as default
};
