// Links within a sentence (dashboard/sections/headline.py) lead on within the app: each presses the link
// of Streamlit that stands for it, in the same order. Without this they are addresses like any other.
gone: {
  const here = document.currentScript.closest("[data-testid=stHtml]");
  if (!here) break gone; // The page was left before this file had come.
  const follow = (event, at) => {
    // Each of Streamlit's links is drawn twice where it has a tooltip: for a mouse, and for a finger.
    const links = document.querySelectorAll(".st-key-sentence_links [data-testid=stPageLink]");
    const within = links[at]?.querySelector("a");
    if (!within || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    within.click();
  };
  here.querySelectorAll("a").forEach((link, at) => {
    link.addEventListener("click", (event) => follow(event, at));
  });
}
