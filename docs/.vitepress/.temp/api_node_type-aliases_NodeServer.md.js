import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NodeServer","description":"","frontmatter":{},"headers":[],"relativePath":"api/node/type-aliases/NodeServer.md","filePath":"api/node/type-aliases/NodeServer.md"}');
const _sfc_main = { name: "api/node/type-aliases/NodeServer.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-nodeserver" tabindex="-1">Type Alias: NodeServer <a class="header-anchor" href="#type-alias-nodeserver" aria-label="Permalink to &quot;Type Alias: NodeServer&quot;">​</a></h1><blockquote><p><strong>NodeServer</strong> = <code>HttpServer</code> | <code>HttpsServer</code> | <code>Http2Server</code> | <code>Http2SecureServer</code></p></blockquote><p>Server of <code>node:http</code>, <code>node:https</code> or <code>node:http2</code>, whose requests any framework may answer.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/node/type-aliases/NodeServer.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NodeServer = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NodeServer as default
};
