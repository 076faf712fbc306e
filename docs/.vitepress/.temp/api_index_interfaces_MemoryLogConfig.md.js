import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MemoryLogConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/MemoryLogConfig.md","filePath":"api/index/interfaces/MemoryLogConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/MemoryLogConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-memorylogconfig" tabindex="-1">Interface: MemoryLogConfig <a class="header-anchor" href="#interface-memorylogconfig" aria-label="Permalink to &quot;Interface: MemoryLogConfig&quot;">​</a></h1><p>Options of <a href="./../functions/memoryLog">memoryLog</a>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./ResumableConfig"><code>ResumableConfig</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="bufferbytes" tabindex="-1">bufferBytes? <a class="header-anchor" href="#bufferbytes" aria-label="Permalink to &quot;bufferBytes?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>bufferBytes?</strong>: <code>number</code></p></blockquote><p>Bytes of messages that the log retains, measured as blocks of an event stream, where a character counts as one byte. The newest message is retained whatever its size. The message objects take memory in addition.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">64</span><span style="--shiki-light:#24292E;--shiki-dark:#E1E4E8;"> MiB</span></span></code></pre></div><hr><h3 id="buffersize" tabindex="-1">bufferSize? <a class="header-anchor" href="#buffersize" aria-label="Permalink to &quot;bufferSize?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>bufferSize?</strong>: <code>number</code></p></blockquote><p>Number of messages that the log retains.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">1</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> 000</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/MemoryLogConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MemoryLogConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MemoryLogConfig as default
};
