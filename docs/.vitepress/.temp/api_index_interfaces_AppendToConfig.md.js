import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: AppendToConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/AppendToConfig.md","filePath":"api/index/interfaces/AppendToConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/AppendToConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-appendtoconfig" tabindex="-1">Interface: AppendToConfig <a class="header-anchor" href="#interface-appendtoconfig" aria-label="Permalink to &quot;Interface: AppendToConfig&quot;">​</a></h1><p>Options of <a href="./../functions/appendTo">appendTo</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="ends" tabindex="-1">ends? <a class="header-anchor" href="#ends" aria-label="Permalink to &quot;ends?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>ends?</strong>: <code>boolean</code></p></blockquote><p>Whether the end of the source also ends the log, permanently and for all its clients. Set it to <code>false</code> if another publisher continues the log. Unsubscribing never ends the log.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>true</code></p><hr><h3 id="maxbufferedbytes" tabindex="-1">maxBufferedBytes? <a class="header-anchor" href="#maxbufferedbytes" aria-label="Permalink to &quot;maxBufferedBytes?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>maxBufferedBytes?</strong>: <code>number</code></p></blockquote><p>Bytes of messages that may be buffered while the log is slower than the source, measured as blocks of an event stream, where a character counts as one byte.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">8</span><span style="--shiki-light:#24292E;--shiki-dark:#E1E4E8;"> MiB</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/AppendToConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const AppendToConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  AppendToConfig as default
};
