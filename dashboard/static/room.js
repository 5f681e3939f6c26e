// Presses the button of dashboard/room.py for the room that the page has, unless it was drawn for it.
gone: {
  const here = document.currentScript.closest("[data-testid=stHtml]");
  if (!here) break gone; // The page was left before this file had come.
  let waiting;
  // Not at every step of a window that is being drawn larger.
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(press, 200);
  };
  const press = () => {
    const room = here.clientWidth;
    const buttons = [...document.querySelectorAll(".st-key-room button")];
    if (!here.isConnected || !room) return;
    const right = buttons.filter((button) => Number(button.textContent) <= room).pop() ?? buttons[0];
    if (!right) soon(); // They are still to come.
    else if (!right.disabled) right.click();
  };
  new ResizeObserver(soon).observe(here);
}
