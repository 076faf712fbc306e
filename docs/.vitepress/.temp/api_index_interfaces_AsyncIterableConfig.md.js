import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: AsyncIterableConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/AsyncIterableConfig.md","filePath":"api/index/interfaces/AsyncIterableConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/AsyncIterableConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-asynciterableconfig" tabindex="-1">Interface: AsyncIterableConfig <a class="header-anchor" href="#interface-asynciterableconfig" aria-label="Permalink to &quot;Interface: AsyncIterableConfig&quot;">​</a></h1><p>Options of <a href="./../functions/toAsyncIterable">toAsyncIterable</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="maxbuffered" tabindex="-1">maxBuffered? <a class="header-anchor" href="#maxbuffered" aria-label="Permalink to &quot;maxBuffered?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>maxBuffered?</strong>: <code>number</code></p></blockquote><p>Most values that may be buffered for the loop. Over the limit the loop throws a <code>StreamOverflowError</code> after the buffered values. <code>Infinity</code> sets no limit.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">100</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> 000</span></span></code></pre></div><hr><h3 id="maxbufferedbytes" tabindex="-1">maxBufferedBytes? <a class="header-anchor" href="#maxbufferedbytes" aria-label="Permalink to &quot;maxBufferedBytes?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>maxBufferedBytes?</strong>: <code>number</code></p></blockquote><p>Most bytes that may be buffered for the loop. Over the limit the loop throws a <code>StreamOverflowError</code> after the buffered values. A character of text counts as one byte, and a value that is neither text nor bytes as 64. <code>Infinity</code> sets no limit.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">16</span><span style="--shiki-light:#24292E;--shiki-dark:#E1E4E8;"> MiB</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/AsyncIterableConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const AsyncIterableConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  AsyncIterableConfig as default
};
