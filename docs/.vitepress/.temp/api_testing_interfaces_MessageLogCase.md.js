import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MessageLogCase","description":"","frontmatter":{},"headers":[],"relativePath":"api/testing/interfaces/MessageLogCase.md","filePath":"api/testing/interfaces/MessageLogCase.md"}');
const _sfc_main = { name: "api/testing/interfaces/MessageLogCase.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-messagelogcase" tabindex="-1">Interface: MessageLogCase <a class="header-anchor" href="#interface-messagelogcase" aria-label="Permalink to &quot;Interface: MessageLogCase&quot;">​</a></h1><p>One case of <a href="./../functions/messageLogContract">messageLogContract</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>name</strong>: <code>string</code></p></blockquote><p>The behaviour in words, as the name of a test.</p><hr><h3 id="run" tabindex="-1">run <a class="header-anchor" href="#run" aria-label="Permalink to &quot;run&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>run</strong>: () =&gt; <code>Promise</code>&lt;<code>void</code>&gt;</p></blockquote><p>Runs the case. Rejects with an <code>Error</code> that names the expectation, the result, and the member of the log at fault.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Promise</code>&lt;<code>void</code>&gt;</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/testing/interfaces/MessageLogCase.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MessageLogCase = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MessageLogCase as default
};
