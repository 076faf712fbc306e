import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: LogPage<T>","description":"","frontmatter":{},"headers":[],"relativePath":"api/index/interfaces/LogPage.md","filePath":"api/index/interfaces/LogPage.md"}');
const _sfc_main = { name: "api/index/interfaces/LogPage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="interface-logpage-t" tabindex="-1">Interface: LogPage&lt;T&gt; <a class="header-anchor" href="#interface-logpage-t" aria-label="Permalink to &quot;Interface: LogPage\\&lt;T\\&gt;&quot;">​</a></h1><p>A part of a log.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="t" tabindex="-1">T <a class="header-anchor" href="#t" aria-label="Permalink to &quot;T&quot;">​</a></h3><p><code>T</code> <em>extends</em> <a href="./SseMessageInit"><code>SseMessageInit</code></a> = <a href="./SseMessageInit"><code>SseMessageInit</code></a></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="end" tabindex="-1">end? <a class="header-anchor" href="#end" aria-label="Permalink to &quot;end?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>end?</strong>: <a href="./LogEnd"><code>LogEnd</code></a></p></blockquote><p>The end of the log, set only if nothing follows the messages of this page.</p><hr><h3 id="isgap" tabindex="-1">isGap? <a class="header-anchor" href="#isgap" aria-label="Permalink to &quot;isGap?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>isGap?</strong>: <code>boolean</code></p></blockquote><p>Whether messages may be missing between the requested id and the first message of this page: the log does not know that id, or has deleted messages that followed it.</p><hr><h3 id="messages" tabindex="-1">messages <a class="header-anchor" href="#messages" aria-label="Permalink to &quot;messages&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>messages</strong>: readonly <code>T</code>[]</p></blockquote><p>Consecutive messages, oldest first, each with its id. After a gap they begin with the oldest message that the log retains.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/index/interfaces/LogPage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const LogPage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  LogPage as default
};
