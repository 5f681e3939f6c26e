// Presses the button of dashboard/room.py for the room that the page has, unless it was drawn for it.
{
  const here = document.currentScript.closest("[data-testid=stHtml]");
  const press = () => {
    const room = here.clientWidth;
    const buttons = [...document.querySelectorAll(".st-key-room button")];
    if (!here.isConnected || !room || !buttons.length) return;
    const right = buttons.filter((button) => Number(button.textContent) <= room).pop() ?? buttons[0];
    if (!right.disabled) right.click();
  };
  let waiting;
  new ResizeObserver(() => {
    // Not at every step of a window that is being drawn larger.
    clearTimeout(waiting);
    waiting = setTimeout(press, 200);
  }).observe(here);
}
