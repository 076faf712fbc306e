import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SplitJsonConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/SplitJsonConfig.md","filePath":"api/index/interfaces/SplitJsonConfig.md"}');
const _sfc_main = { name: "api/index/interfaces/SplitJsonConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-splitjsonconfig" tabindex="-1">Interface: SplitJsonConfig <a class="header-anchor" href="#interface-splitjsonconfig" aria-label="Permalink to &quot;Interface: SplitJsonConfig&quot;">​</a></h1><p>Options of <a href="./../functions/splitJson">splitJson</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="elements" tabindex="-1">elements? <a class="header-anchor" href="#elements" aria-label="Permalink to &quot;elements?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>elements?</strong>: <code>boolean</code></p></blockquote><p>Whether the text is one array, whose elements are the values: <code>[{&quot;a&quot;:1},{&quot;a&quot;:2}]</code> is emitted as two texts. A text that is not an array, or that goes on after the array, is a <code>StreamParseError</code>. An array that is not closed is a <code>StreamTruncatedError</code>.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>false</code></p><hr><h3 id="maxvaluelength" tabindex="-1">maxValueLength? <a class="header-anchor" href="#maxvaluelength" aria-label="Permalink to &quot;maxValueLength?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>maxValueLength?</strong>: <code>number</code></p></blockquote><p>The longest value that is buffered, in UTF-16 code units. A longer value errors with a <code>StreamLimitError</code>. <code>Infinity</code> sets no limit.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;">16</span><span style="--shiki-light:#24292E;--shiki-dark:#E1E4E8;"> Mi</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/SplitJsonConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SplitJsonConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SplitJsonConfig as default
};
