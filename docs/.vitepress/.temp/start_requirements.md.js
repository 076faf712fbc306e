import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Requirements","description":"","frontmatter":{},"headers":[],"relativePath":"start/requirements.md","filePath":"start/requirements.md"}');
const _sfc_main = { name: "start/requirements.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="requirements" tabindex="-1">Requirements <a class="header-anchor" href="#requirements" aria-label="Permalink to &quot;Requirements&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th></th></tr></thead><tbody><tr><td>RxJS</td><td>7.5.5 or a later 7. RxJS 8 and 9 are pre-releases: not supported yet</td></tr><tr><td>Node</td><td>20.19, 22, 24 or 26</td></tr><tr><td>Browsers</td><td>those of the last two years: <code>fetch</code> with a streaming body, <code>ReadableStream</code>, <code>AbortController</code></td></tr><tr><td>Other platforms</td><td><a href="./../reference/runtimes">Bun, Deno, workerd</a></td></tr><tr><td>TypeScript</td><td>5.0 or later. The types need the library <code>DOM</code>, or the types of Node or of workers, for <code>Request</code>, <code>Response</code> and <code>Headers</code></td></tr><tr><td>Angular</td><td>20 to 22, for <code>rxjs-http-streams/angular</code> alone</td></tr><tr><td>Redis</td><td>7, the version that our specs run, with node-redis or ioredis, 5 or 6, for <code>rxjs-http-streams/redis</code> alone</td></tr></tbody></table><p>The package has ES modules and CommonJS. The entries are <code>rxjs-http-streams</code>, <code>/testing</code>, <code>/node</code>, <code>/redis</code> and <code>/angular</code>; each contains only what it needs.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("start/requirements.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const requirements = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  requirements as default
};
