// Keeps the names of a heatmap's columns in sight while the page scrolls: what Plotly has drawn of them
// lies once more over itself, and stays below the menu. It goes sideways with the chart.
gone: {
  const html = document.currentScript.closest("[data-testid=stHtml]");
  if (!html) break gone; // The page was left before this file had come.
  const names = html.querySelector(".names");
  const place = html.closest("[data-testid=stElementContainer]");
  const block = place.parentElement;
  let drawn = "";
  let waiting;

  // Whatever of the chart scrolls: the event comes from within.
  const follow = ({ target }) => names.scrollTo({ left: target.scrollLeft });
  block.addEventListener("scroll", follow, { capture: true, passive: true });

  const draw = () => {
    waiting = undefined;
    const chart = block.querySelector(".js-plotly-plot");
    const axis = chart?.querySelector(".xaxislayer-above");
    if (!axis || !chart.layout) return;
    const { width, margin } = chart.layout;
    const looks = `${axis.outerHTML} ${width}`;
    if (looks === drawn) return;
    drawn = looks;
    const svg = chart.querySelector(".main-svg").cloneNode(false);
    svg.setAttribute("width", width);
    svg.setAttribute("height", margin.t);
    svg.append(axis.cloneNode(true));
    const left = names.scrollLeft;
    names.replaceChildren(svg);
    names.scrollTo({ left });
    const page = chart.closest("[data-testid=stApp]");
    names.style.background = getComputedStyle(page).backgroundColor;
    place.style.height = `${margin.t}px`;
    place.style.marginBottom = `-${margin.t}px`;
  };

  // The chart may be drawn later than this, and anew when another page of it is chosen.
  new MutationObserver((changes) => {
    const theirs = changes.some(({ target }) => !place.contains(target));
    if (theirs) waiting ??= requestAnimationFrame(draw);
  }).observe(block, { attributes: true, childList: true, subtree: true });
  draw();

  // The menu is as high as its lines, which a phone has more of.
  const menu = document.querySelector(".st-key-menu")?.parentElement;
  const below = () => (place.style.top = `${menu.offsetHeight}px`);
  if (menu) new ResizeObserver(below).observe(menu);
}
