import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SplitLinesConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/SplitLinesConfig.md","filePath":"api/index/interfaces/SplitLinesConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/SplitLinesConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-splitlinesconfig" tabindex="-1">Interface: SplitLinesConfig <a class="header-anchor" href="#interface-splitlinesconfig" aria-label="Permalink to &quot;Interface: SplitLinesConfig&quot;">​</a></h1><p>Options of <a href="./../functions/splitLines">splitLines</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="maxlinelength" tabindex="-1">maxLineLength? <a class="header-anchor" href="#maxlinelength" aria-label="Permalink to &quot;maxLineLength?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>maxLineLength?</strong>: <code>number</code></p></blockquote><p>The longest line that is buffered, in UTF-16 code units. A longer line errors with a <code>StreamLimitError</code>. <code>Infinity</code> sets no limit.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">16</span><span style="--shiki-light:#24292E;--shiki-dark:#E1E4E8;"> Mi</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/SplitLinesConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SplitLinesConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SplitLinesConfig as default
};
