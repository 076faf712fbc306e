import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: MessageParser<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/type-aliases/MessageParser.md","filePath":"api/index/type-aliases/MessageParser.md"}');
const _sfc_main = { name: "api/index/type-aliases/MessageParser.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-messageparser-t" tabindex="-1">Type Alias: MessageParser&lt;T&gt; <a class="header-anchor" href="#type-alias-messageparser-t" aria-label="Permalink to &quot;Type Alias: MessageParser\\&lt;T\\&gt;&quot;">​</a></h1><blockquote><p><strong>MessageParser</strong>&lt;<code>T</code>&gt; = <a href="./../interfaces/StandardSchema"><code>StandardSchema</code></a>&lt;<code>T</code>&gt; | ((<code>data</code>) =&gt; <code>T</code>)</p></blockquote><p>Makes a value of the <code>data</code> of a message. A schema is given the parsed JSON, and a function the text itself.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code> = <code>unknown</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/type-aliases/MessageParser.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MessageParser = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MessageParser as default
};
