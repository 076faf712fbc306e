import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: MarbleFetch","description":"","frontmatter":{},"headers":[],"relativePath":"api/testing/interfaces/MarbleFetch.md","filePath":"api/testing/interfaces/MarbleFetch.md"}');
const _sfc_main = { name: "api/testing/interfaces/MarbleFetch.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-marblefetch" tabindex="-1">Interface: MarbleFetch <a class="header-anchor" href="#interface-marblefetch" aria-label="Permalink to &quot;Interface: MarbleFetch&quot;">​</a></h1><p>A server in marbles.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="fetch" tabindex="-1">fetch <a class="header-anchor" href="#fetch" aria-label="Permalink to &quot;fetch&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>fetch</strong>: <a href="./../../index/interfaces/StreamFetch"><code>StreamFetch</code></a></p></blockquote><p>Value for the <code>fetch</code> option of a reader.</p><hr><h3 id="requests" tabindex="-1">requests <a class="header-anchor" href="#requests" aria-label="Permalink to &quot;requests&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>requests</strong>: readonly <a href="./MarbleRequest"><code>MarbleRequest</code></a>[]</p></blockquote><p>All requests so far.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/testing/interfaces/MarbleFetch.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const MarbleFetch = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  MarbleFetch as default
};
