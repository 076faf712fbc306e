import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: RedisLogsConfig","description":"","frontmatter":{},"headers":[],"relativePath":"api/redis/interfaces/RedisLogsConfig.md","filePath":"api/redis/interfaces/RedisLogsConfig.md"}');
const _sfc_main = { name: "api/redis/interfaces/RedisLogsConfig.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-redislogsconfig" tabindex="-1">Interface: RedisLogsConfig <a class="header-anchor" href="#interface-redislogsconfig" aria-label="Permalink to &quot;Interface: RedisLogsConfig&quot;">​</a></h1><p>Options of <a href="./../functions/redisLogs">redisLogs</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="lease" tabindex="-1">lease? <a class="header-anchor" href="#lease" aria-label="Permalink to &quot;lease?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>lease?</strong>: <code>number</code></p></blockquote><p>Time after which the process that generates an answer counts as dead if it does not renew its lease, in milliseconds. The process renews the lease after each third of this time.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>30_000</code></p><hr><h3 id="prefix" tabindex="-1">prefix? <a class="header-anchor" href="#prefix" aria-label="Permalink to &quot;prefix?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>prefix?</strong>: <code>string</code></p></blockquote><p>The prefix of the keys of the answers, which is put in braces. In a cluster, all answers of a prefix are on one server.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>&#39;answers&#39;</code></p><hr><h3 id="ttl" tabindex="-1">ttl? <a class="header-anchor" href="#ttl" aria-label="Permalink to &quot;ttl?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>ttl?</strong>: <code>number</code></p></blockquote><p>Time for which an answer stays stored after its end, in milliseconds.</p><h4 id="default-value-2" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-2" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>300_000</code>, five minutes</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/redis/interfaces/RedisLogsConfig.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const RedisLogsConfig = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  RedisLogsConfig as default
};
