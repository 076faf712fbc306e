import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"","description":"","frontmatter":{"layout":"home","hero":{"name":"rxjs-http-streams","text":"Observables over HTTP","tagline":"Server-Sent Events, NDJSON and text, in and out. Complete means complete, and unsubscribing means abort.","image":{"src":"/demo.jpg","alt":"A chat that can be stopped, and a chart that survives a cut of the network"},"actions":[{"theme":"brand","text":"Start","link":"/start/overview"},{"theme":"alt","text":"Read a stream","link":"/read/server-sent-events"},{"theme":"alt","text":"Serve a stream","link":"/serve/first-endpoint"}]},"features":[{"title":"An end is an end","details":"A stream that was cut is a typed error. A feed reconnects and continues after its last message, and a POST is never sent twice.","link":"/read/errors-and-ends"},{"title":"One line serves thousands","details":"A feed is encoded once for all clients, each resumes exactly, and memory stays bounded when a client is slow.","link":"/serve/feeds"},{"title":"Marbles for all of it","details":"Connections, reconnections and time-outs run in virtual time, against a server made of marbles.","link":"/test/marbles"}]},"headers":[],"relativePath":"index.md","filePath":"index.md"}');
const _sfc_main = { name: "index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><div style="display:none;" hidden data-nosnippet>Are you an LLM? View /llms.txt for optimized Markdown documentation, or /llms-full.txt for full documentation bundle</div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
