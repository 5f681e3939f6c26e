// What has to stand before Streamlit's page begins (dashboard/modules.py puts it into its head).

// The pages are in English, whatever the browser speaks, and so are their calendars: a week begins on
// Monday, as ISO 8601 has it.
Object.defineProperty(navigator, "language", { configurable: true, get: () => "en-GB" });

// Streamlit takes the colours of another scheme at once; what the server gives colours has them with the
// next run, which a reader would ask for with R.
{
  const app = () => document.querySelector("[data-testid=stApp]");
  const again = () => setTimeout(ask, 100);
  const ask = () => {
    if (app()?.dataset.testScriptState !== "notRunning") return again(); // It would not be heard.
    for (const kind of ["keydown", "keyup"]) {
      app().dispatchEvent(new KeyboardEvent(kind, { key: "r", code: "KeyR", bubbles: true }));
    }
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}

{
  const PAUSE = 8; // Milliseconds in which nothing comes: then what has come is handed over.
  const MOST = 60; // Longer than that nothing is held,
  const PRESSED = 1000; // but while something is pressed: what is drawn anew under a finger gets no click;
  const DRAWN = 3000; // and what comes behind the first chart, until a reader sees the chart.
  let pressed = -Infinity;
  let drawing = -Infinity;
  let ready = false; // Whether a chart can be drawn as soon as it comes.
  let asked = true; // Whether Streamlit has asked for anything since it last made a step of the history.

  // Told a page and its parameters at one stroke, Streamlit makes two steps: to the old page with the new
  // parameters, and to the new page. It is one of the reader's, and no way back leads in between.
  const step = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const to = new URL(address ?? location, location);
    const second = !asked && to.search === location.search && to.pathname !== location.pathname;
    if (second) history.replaceState(state, title, address);
    else step(state, title, address);
    asked = false;
  };

  const run = () =>
    document.querySelectorAll("link[rel=modulepreload]").forEach(async ({ href }) => {
      await import(href);
      ready ||= href.includes("/PlotlyChart.");
    });

  const isChart = (data) =>
    data instanceof ArrayBuffer && new TextDecoder("latin1").decode(data).includes('{"data":[');

  const draw = () => {
    ready = false; // Only once: later ones replace what is there.
    drawing = performance.now();
    const painted = () => setTimeout(() => (drawing = -Infinity), MOST);
    new MutationObserver((_, observer) => {
      if (!document.querySelector(".js-plotly-plot .main-svg")) return;
      observer.disconnect();
      requestAnimationFrame(painted);
    }).observe(document, { childList: true, subtree: true });
  };

  const press = ({ isTrusted }) => isTrusted && (pressed = performance.now()); // Only a reader lets go.
  addEventListener("pointerdown", press, true);
  // The click comes with it.
  const release = () => setTimeout(() => (pressed = -Infinity));
  ["pointerup", "pointercancel"].forEach((kind) => addEventListener(kind, release, true));

  window.WebSocket = class extends WebSocket {
    #held = [];
    #handing = false;
    #since;
    #timer;

    constructor(...given) {
      super(...given);
      // Before Streamlit's own.
      this.addEventListener("message", (event) => this.#hold(event));
      this.addEventListener("close", () => {
        while (this.#held.length) this.#handOver();
      });
    }

    #started = false;

    send(...given) {
      asked = true;
      super.send(...given);
      // The first thing that is sent asks for the page. Until it is answered there is nothing to do, and
      // what was fetched ahead can run: Streamlit would wait for the first element of each kind.
      if (!this.#started) setTimeout(run);
      this.#started = true;
    }

    // Each element is a message of its own, and for each Streamlit looks through the whole page; for those
    // that it is given together once.
    #hold(event) {
      if (this.#handing) return;
      event.stopImmediatePropagation();
      this.#held.push(event.data);
      this.#since ??= performance.now();
      clearTimeout(this.#timer);
      const left = this.#since + MOST - performance.now();
      this.#wait(Math.min(PAUSE, left));
    }

    #wait(pause) {
      this.#timer = setTimeout(() => {
        const now = performance.now();
        if (now - pressed < PRESSED || now - drawing < DRAWN) this.#wait(PAUSE);
        else this.#handOver();
      }, pause);
    }

    #handOver() {
      const chart = ready ? this.#held.findIndex(isChart) : -1;
      const given = this.#held.splice(0, chart < 0 ? Infinity : chart + 1);
      this.#since = undefined;
      this.#handing = true;
      given.forEach((data) => this.dispatchEvent(new MessageEvent("message", { data })));
      this.#handing = false;
      if (chart < 0) return;
      draw();
      this.#wait(PAUSE);
    }
  };
}
