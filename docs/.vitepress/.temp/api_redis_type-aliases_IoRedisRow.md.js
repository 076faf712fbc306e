import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: IoRedisRow","description":"","frontmatter":{},"headers":[],"relativePath":"api/redis/type-aliases/IoRedisRow.md","filePath":"api/redis/type-aliases/IoRedisRow.md"}');
const _sfc_main = { name: "api/redis/type-aliases/IoRedisRow.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="type-alias-ioredisrow" tabindex="-1">Type Alias: IoRedisRow <a class="header-anchor" href="#type-alias-ioredisrow" aria-label="Permalink to &quot;Type Alias: IoRedisRow&quot;">​</a></h1><blockquote><p><strong>IoRedisRow</strong> = [<code>id</code>: <code>string</code>, <code>fields</code>: <code>string</code>[]]</p></blockquote><p>An entry in the format of ioredis: its ID, and its fields as alternating names and values.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/redis/type-aliases/IoRedisRow.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const IoRedisRow = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  IoRedisRow as default
};
