import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LogEnd","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/LogEnd.md","filePath":"api/index/interfaces/LogEnd.md"}');
const _sfc_main = { name: "api/index/interfaces/LogEnd.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-logend" tabindex="-1">Interface: LogEnd <a class="header-anchor" href="#interface-logend" aria-label="Permalink to &quot;Interface: LogEnd&quot;">​</a></h1><p>The end of a log. Nothing can be appended after it.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="error" tabindex="-1">error? <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>error?</strong>: <code>unknown</code></p></blockquote><p>The failure itself, or as much of it as the engine stores.</p><hr><h3 id="failed" tabindex="-1">failed <a class="header-anchor" href="#failed" aria-label="Permalink to &quot;failed&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>failed</strong>: <code>boolean</code></p></blockquote><p><code>true</code> if the source of the messages failed, <code>false</code> if it completed.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/LogEnd.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LogEnd = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LogEnd as default
};
