// What has to stand before Streamlit's page begins (dashboard/modules.py puts it into its head).

// The pages are in English, whatever the browser speaks, and so are their calendars: a week begins on
// Monday, as ISO 8601 has it.
Object.defineProperty(navigator, "language", { configurable: true, get: () => "en-GB" });

// What the page has fetched ahead runs while it waits for the server's first answer: there is nothing else
// to do. Streamlit runs the module of each kind of element when the first such element has come.
{
  const run = () => document.querySelectorAll("link[rel=modulepreload]").forEach(({ href }) => import(href));
  const { send } = WebSocket.prototype;
  // The first thing that is sent asks for the page.
  WebSocket.prototype.send = function (...given) {
    WebSocket.prototype.send = send;
    send.apply(this, given);
    setTimeout(run);
  };
}
