// What has to stand before Streamlit's page begins (dashboard/modules.py puts it into its head).

// The pages are in English, whatever the browser speaks, and so are their calendars: a week begins on
// Monday, as ISO 8601 has it.
Object.defineProperty(navigator, "language", { configurable: true, get: () => "en-GB" });

{
  const PAUSE = 8; // Milliseconds in which nothing comes: then what has come is handed over.
  const MOST = 60; // Longer than that nothing is held, but
  const RUN = 300; // a run of a page that stands, to be drawn at one stroke if it takes no longer than this,
  const PRESSED = 1000; // what comes while something is pressed: drawn anew under a finger it gets no click,
  const DRAWN = 3000; // and what comes behind the first chart, until a reader sees the chart.
  let pressed = -Infinity;
  let drawing = -Infinity;
  let ready = false; // Whether a chart can be drawn as soon as it comes.

  const run = () =>
    document.querySelectorAll("link[rel=modulepreload]").forEach(async ({ href }) => {
      await import(href);
      ready ||= href.includes("/PlotlyChart.");
    });

  // The fields of Streamlit's ForwardMsg (proto3) that begin and end a run; its hash and metadata come first.
  const [METADATA, BEGUN, ENDED] = [2, 4, 6];
  const kind = (data) => {
    const bytes = new Uint8Array(data);
    let at = 0;
    const number = () => {
      let read = 0;
      let shift = 0;
      do read |= (bytes[at] & 127) << shift, shift += 7;
      while (bytes[at++] & 128);
      return read;
    };
    while (at < bytes.length) {
      const field = number() >> 3;
      if (field > METADATA) return field;
      const length = number();
      at += length;
    }
  };

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
    #begins = false; // Whether a run begins with what is held,
    #runs; // and whether one goes on, undefined before the first one has ended.
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

    // The first thing that is sent asks for the page. Until it is answered there is nothing to do, and what
    // was fetched ahead can run: Streamlit would wait for the first element of each kind.
    send(...given) {
      this.send = super.send;
      this.send(...given);
      setTimeout(run);
    }

    // Each element is a message of its own, and for each Streamlit looks through the whole page; for those
    // that it is given together once.
    #hold(event) {
      if (this.#handing) return;
      event.stopImmediatePropagation();
      this.#held.push(event.data);
      this.#since ??= performance.now();
      clearTimeout(this.#timer);
      const told = kind(event.data);
      if (told === ENDED) this.#runs = false;
      else if (told === BEGUN && this.#runs === false) this.#begins = this.#runs = true;
      const whole = this.#runs && !this.#begins; // That it begins is told at once.
      const left = this.#since + (whole ? RUN : MOST) - performance.now();
      this.#wait(whole ? left : Math.min(PAUSE, left));
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
      this.#begins = false;
      this.#handing = true;
      given.forEach((data) => this.dispatchEvent(new MessageEvent("message", { data })));
      this.#handing = false;
      if (chart < 0) return;
      draw();
      this.#wait(PAUSE);
    }
  };
}
