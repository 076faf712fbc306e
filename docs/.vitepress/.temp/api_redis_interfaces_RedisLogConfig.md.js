import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: RedisLogConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/redis/interfaces/RedisLogConfig.md","filePath":"api/redis/interfaces/RedisLogConfig.md"}');
const _sfc_main = { name: "api/redis/interfaces/RedisLogConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-redislogconfig" tabindex="-1">Interface: RedisLogConfig <a class="header-anchor" href="#interface-redislogconfig" aria-label="Permalink to &quot;Interface: RedisLogConfig&quot;">​</a></h1><p>Options of <a href="./../functions/redisLog">redisLog</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="buffersize" tabindex="-1">bufferSize? <a class="header-anchor" href="#buffersize" aria-label="Permalink to &quot;bufferSize?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>bufferSize?</strong>: <code>number</code></p></blockquote><p>Minimum number of messages that stay stored. Redis drops older messages some at a time.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>10_000</code></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/redis/interfaces/RedisLogConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const RedisLogConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  RedisLogConfig as default
};
