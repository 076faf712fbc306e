import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: HeldConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/HeldConfig.md","filePath":"api/index/interfaces/HeldConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/HeldConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-heldconfig" tabindex="-1">Interface: HeldConfig <a class="header-anchor" href="#interface-heldconfig" aria-label="Permalink to &quot;Interface: HeldConfig&quot;">​</a></h1><p>A limit on the values that are buffered, for a source without back-pressure.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./ParseJsonConfig"><code>ParseJsonConfig</code></a></li><li><a href="./ParseNdjsonConfig"><code>ParseNdjsonConfig</code></a></li><li><a href="./ParseMessagesConfig"><code>ParseMessagesConfig</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="maxbufferedbytes" tabindex="-1">maxBufferedBytes? <a class="header-anchor" href="#maxbufferedbytes" aria-label="Permalink to &quot;maxBufferedBytes?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>maxBufferedBytes?</strong>: <code>number</code></p></blockquote><p>Most text that may be buffered for an asynchronous <code>schema</code> or for the values of <code>onBadLine</code>, in UTF-16 code units. Each text counts 100 more. Over the limit the operator unsubscribes from the source, emits the results of the buffered texts, and errors with a <code>StreamOverflowError</code>. <code>Infinity</code> sets no limit. The readers do not need this option: they apply back-pressure to their server.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">16</span><span style="--shiki-light:#24292E;--shiki-dark:#E1E4E8;"> Mi</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/HeldConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const HeldConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  HeldConfig as default
};
