// Gives the focus back to the list beside the chart once the drawer of dashboard/view.py is closed.
gone: {
  const here = document.currentScript.closest("[data-testid=stHtml]");
  if (!here) break gone; // The page was left before this file had come.
  const list = here.querySelector("[data-list]").dataset.list;
  const drawer = here.closest("[role=dialog]");
  const closed = () => {
    const lost = document.activeElement === document.body && !document.querySelector("[role=dialog]");
    if (lost) document.querySelector(`.st-key-${list} input`)?.focus({ preventScroll: true });
  };
  new MutationObserver((_, observer) => {
    if (drawer.isConnected) return;
    observer.disconnect();
    setTimeout(closed, 100); // Streamlit gives it to what was clicked, if that is still there.
  }).observe(document.body, { childList: true, subtree: true });
}
