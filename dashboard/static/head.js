// What stands in the head of every page (dashboard/menu.py) and what Streamlit has no setting for.
gone: {
  const here = document.currentScript.closest("[data-testid=stHtml]");
  if (!here) break gone; // The page was left before this file had come.

  // No stops of their own for the keyboard: the frame that scrolls, as what is in it scrolls it too, and
  // the site's name, as the menu leads to the same page.
  const menu = here.closest(".st-key-menu");
  const pass = () => {
    for (const twice of document.querySelectorAll("[data-testid=stMain], .st-key-site a")) {
      twice.tabIndex = -1;
    }
  };
  // Streamlit draws a link when its code has come.
  new MutationObserver(pass).observe(menu, { childList: true, subtree: true });
  pass();

  // Once a page is chosen the menu has done its duty.
  menu.addEventListener("click", ({ target }) => {
    if (target.closest(".st-key-pages a")) here.querySelector("details").open = false;
  });

  // Plotly chooses what it hovers over, and a finger hovers over nothing before it taps.
  const hover = ({ target, touches: [{ clientX, clientY }] }) => {
    if (!target.closest(".js-plotly-plot")) return;
    target.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX, clientY }));
  };
  // Once for the window: this head is drawn again and again.
  if (!window.fingersHover) document.addEventListener("touchstart", hover, { capture: true, passive: true });
  window.fingersHover = true;

  const filters = "[data-testid=stSidebar]";
  here.querySelector(".to_filters").addEventListener("click", () => {
    const closed = document.querySelector("[data-testid=stExpandSidebarButton]");
    closed?.click();
    // It slides in.
    setTimeout(() => document.querySelector(`${filters} input`)?.focus(), closed ? 400 : 0);
  });
}
